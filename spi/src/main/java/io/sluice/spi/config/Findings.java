package io.sluice.spi.config;

import java.time.Instant;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Where an extension says what is wrong, or doubtful, in the configuration that it was given.
 *
 * <p>The kernel turns each finding into a problem with file, line and column. An error refuses the service; a warning
 * does not. Valid only during the call that it was passed to, on that call's thread.
 *
 * @since 1.0
 */
@ProviderType
public interface Findings {

    /**
     * Refuses the configuration.
     *
     * @param field   the offending field, from the record's own object: {@code trusted[1]}, {@code tlvs[0].type},
     *                {@code pins["*.example.com"]} for an entry of a map; empty
     *                for the whole object
     * @param message the value and the rule, without the field, which the kernel puts in front:
     *                {@code "10.0.0.0/40 (expected: a prefix length of 0 to 32)"}
     * @param hint    what to do next; may be empty
     */
    void error(String field, String message, String hint);

    /**
     * Accepts the configuration, but says what the operator should know. Parameters as for {@link #error}.
     */
    void warning(String field, String message, String hint);

    /**
     * Says that what was prepared and found holds only until then: a certificate expires, say. Soon after that moment the
     * kernel asks the extension again, although nothing has changed; a service that is refused then goes on as it was, and
     * the problem says why. Of several moments the earliest counts; one that has passed already is ignored. Without a
     * call it holds until something changes. Heard from what belongs to a service.
     */
    default void holdsUntil(Instant moment) {
    }
}
