package io.sluice.kernel.plan;

import io.sluice.kernel.config.NearestName;
import io.sluice.kernel.plugin.ExtensionCatalog;
import io.sluice.kernel.plugin.Offer;
import io.sluice.spi.Extension;
import io.sluice.spi.access.AccessPolicyFactory;
import io.sluice.spi.balancer.BalancerFactory;
import io.sluice.spi.config.Configured;
import io.sluice.spi.discovery.TargetDiscovery;
import io.sluice.spi.health.HealthCommand;
import io.sluice.spi.protocol.ClientProtocol;
import io.sluice.spi.protocol.UpstreamProtocol;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The kinds of extension that definitions use, with their generics tamed in one place. */
@SuppressWarnings("unchecked")
final class Kinds {

    static final Class<ClientProtocol<Record, Object>> CLIENT =
            (Class<ClientProtocol<Record, Object>>) (Class<?>) ClientProtocol.class;
    static final Class<UpstreamProtocol<Record>> UPSTREAM =
            (Class<UpstreamProtocol<Record>>) (Class<?>) UpstreamProtocol.class;
    static final Class<BalancerFactory<Record>> BALANCER =
            (Class<BalancerFactory<Record>>) (Class<?>) BalancerFactory.class;
    static final Class<AccessPolicyFactory<Record>> ACCESS =
            (Class<AccessPolicyFactory<Record>>) (Class<?>) AccessPolicyFactory.class;
    static final Class<HealthCommand<Record>> COMMAND =
            (Class<HealthCommand<Record>>) (Class<?>) HealthCommand.class;
    static final Class<TargetDiscovery<Record>> DISCOVERY =
            (Class<TargetDiscovery<Record>>) (Class<?>) TargetDiscovery.class;

    private Kinds() {
    }

    /** Every extension that a definition's fields can feed. */
    static Stream<Offer<? extends Configured<?>>> configured(ExtensionCatalog catalog) {
        return Stream.of(CLIENT, UPSTREAM, BALANCER, ACCESS)
                .flatMap(kind -> catalog.all(kind).stream())
                .map(offer -> (Offer<? extends Configured<?>>) offer);
    }

    /** Every extension that a definition can use. */
    static List<Offer<?>> offers(ExtensionCatalog catalog) {
        return Stream.of(configured(catalog), catalog.all(COMMAND).stream(), catalog.all(DISCOVERY).stream())
                .flatMap(kind -> kind).<Offer<?>>map(offer -> offer).toList();
    }

    /** The installed names of a kind, for messages. */
    static <E extends Extension> String installed(ExtensionCatalog catalog, Class<E> kind) {
        return names(catalog.all(kind).stream().map(Offer::name).toList());
    }

    /** What to do about a name that is not installed. */
    static <E extends Extension> String nearest(ExtensionCatalog catalog, Class<E> kind, String name, String otherwise) {
        return NearestName.hint(name, catalog.all(kind).stream().map(Offer::name).toList(), otherwise);
    }

    /** The extension of a kind that serves where a definition names none. */
    static <E extends Extension> Optional<Offer<E>> byDefault(ExtensionCatalog catalog, Class<E> kind) {
        return catalog.byDefault(kind);
    }

    static String names(List<String> names) {
        return names.isEmpty() ? "none" : names.stream().sorted().collect(Collectors.joining(", "));
    }

}
