package io.sluice.spi.control;

import java.util.Set;

/**
 * What someone who changes a definition believes of the stored one; a change on another ground is refused, so that
 * nobody overwrites what they have not seen.
 *
 * @since 1.0
 */
public sealed interface Expectation {

    /** Nothing was said: enough to create a definition, not to change one ({@code PRECONDITION_REQUIRED}). */
    record Unstated() implements Expectation {
    }

    /** It is as one of these entity tags says ({@code If-Match}). */
    record Tagged(Set<String> etags) implements Expectation {
        public Tagged {
            etags = Set.copyOf(etags);
        }
    }

    /** It is there, whatever it says ({@code If-Match: *}). */
    record Present() implements Expectation {
    }

    /** It is not there ({@code If-None-Match: *}). */
    record Absent() implements Expectation {
    }

    /** Nothing matters: for interfaces that know no entity tags. */
    record Anything() implements Expectation {
    }
}
