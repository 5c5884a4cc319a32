package io.sluice.plugins.sourcehash;

import io.sluice.spi.config.Default;
import io.sluice.spi.config.Description;
import io.sluice.spi.config.Range;

/** What is hashed, and how uneven the load may get. */
record SourceHashConfig(
        @Default("client_address") @Description("What is hashed: client_address or server_name.") Key key,
        @Default("0") @Range(min = 0, max = 10_000) @Description("The most connections that a target may have, in percent"
                + " of its fair share; a client beyond that goes to the next one. 0 = no bound.") int maxLoad) {

    /** What of a client is hashed. */
    enum Key {
        CLIENT_ADDRESS, SERVER_NAME
    }

    SourceHashConfig {
        if (maxLoad > 0 && maxLoad <= 100) {
            throw new IllegalArgumentException("max_load: " + maxLoad + " (expected: 0, or 101 to 10000)");
        }
    }
}
