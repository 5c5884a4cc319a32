package io.sluice.plugins.adminhttp;

import io.sluice.spi.config.Default;
import io.sluice.spi.config.Description;
import io.sluice.spi.config.Range;
import java.time.Duration;

/** The settings {@code plugin_settings.admin_http}; address, hosts and key are the gateway's own. */
@Description("The admin API over HTTP.")
record AdminHttpConfig(
        @Default("256") @Range(min = 1, max = 100_000) @Description("Connections at once.") int maxConnections,
        @Default("32") @Range(min = 0, max = 1000) @Description("Streams of events at once.") int maxStreams,
        @Default("29s") @Description("How long a request may take to arrive, an answer to be read, and nothing to be asked.") Duration patience) {
}
