package io.sluice.spi.config;

import io.sluice.spi.Extension;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * An extension that is configured by a record.
 *
 * <p>Component names become field names in {@code snake_case}: {@code cacheTimeout} is written {@code cache_timeout}.
 * A trailing underscore is dropped, for names that Java keeps to itself: {@code public_} is written {@code public}.
 * These component types can be bound: {@code String}, {@code boolean}, {@code int}, {@code long}, {@code double} and
 * their wrappers, {@link java.time.Duration} ({@code "500ms"}, {@code "10s"}, {@code "1h"}; a bare number is seconds),
 * enums (constant names in lower case, or as {@link Spelling} says), {@link Material}, {@code List} and {@code Map<String, ...>} of any of these, and further records.
 * An absent field is {@code null}, {@code 0}, {@code false} or an empty collection, unless {@link Default} says
 * otherwise; an absent record is bound as if it were an empty object. A compact constructor may reject values by throwing
 * {@link IllegalArgumentException}; its message becomes a problem at the record's place in the file, unless there is one
 * already for a field that is missing or cannot be bound. Anything else that it throws is a fault of the plugin.
 *
 * @param <C> the record; {@link NoConfig} when there is nothing to configure
 * @since 1.0
 */
@ConsumerType
public interface Configured<C extends Record> extends Extension {

    /** The record that is bound for this extension. Called once per plan; must always answer the same class. */
    Class<C> configType();

    /**
     * The fields of a definition or of the settings that switch this extension on and feed its record.
     *
     * <p>Called once per plan on a control thread; must always answer the same list. Without any, the extension is used
     * only where a definition names it.
     */
    default List<ConfigField> fields() {
        return List.of();
    }
}
