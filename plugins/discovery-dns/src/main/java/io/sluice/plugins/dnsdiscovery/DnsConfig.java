package io.sluice.plugins.dnsdiscovery;

import io.sluice.spi.config.Default;
import io.sluice.spi.config.Description;
import io.sluice.spi.config.Range;
import io.sluice.spi.config.Required;
import io.sluice.spi.config.Spelling;
import java.time.Duration;
import java.util.List;

/** What is asked, and whom. */
record DnsConfig(
        @Required @Description("The name that is asked for, in full: search domains are not applied.") String host,
        @Default("A") @Description("A, AAAA or SRV.") Type record,
        @Range(min = 0, max = 65535) @Description("The targets' port; SRV records bring their own.") int port,
        @Description("DNS servers, ip or ip:port; by default the system's.") List<String> servers,
        @Default("1s") @Description("The shortest time for which an answer is valid, whatever its TTL.") Duration minTtl,
        @Default("5m") @Description("The longest time for which an answer is valid, whatever its TTL.") Duration maxTtl,
        @Default("2s") @Description("How long a server may take.") Duration timeout) {

    /** Which records. */
    enum Type {
        @Spelling({"A", "a"}) A,
        @Spelling({"AAAA", "aaaa"}) AAAA,
        @Spelling({"SRV", "srv"}) SRV
    }

    DnsConfig {
        servers = List.copyOf(servers);
        if (minTtl.compareTo(maxTtl) > 0) {
            throw new IllegalArgumentException("min_ttl: " + minTtl.toSeconds() + " s (expected: at most max_ttl)");
        }
        if (timeout.isZero() || timeout.compareTo(Duration.ofSeconds(10)) > 0) {
            throw new IllegalArgumentException("timeout: " + timeout.toSeconds() + " s (expected: above 0, at most 10s)");
        }
    }

    /** A TTL within bounds. */
    Duration validFor(long ttlSeconds) {
        Duration ttl = Duration.ofSeconds(ttlSeconds);
        return ttl.compareTo(minTtl) < 0 ? minTtl : ttl.compareTo(maxTtl) > 0 ? maxTtl : ttl;
    }
}
