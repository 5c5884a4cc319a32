package io.sluice.plugins.adminhttp;

import io.sluice.spi.admin.AdminDoor;
import io.sluice.spi.admin.AdminRoute;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A door without an address of its own, for which "key" is the key; what a server says to it is the test's. */
interface PlainDoor extends AdminDoor {

    @Override
    default Optional<String> address() {
        return Optional.empty();
    }

    @Override
    default Set<String> hosts() {
        return Set.of();
    }

    @Override
    default boolean accepts(String key) {
        return key.equals("key");
    }

    @Override
    default List<AdminRoute> mounted() {
        return List.of();
    }
}
