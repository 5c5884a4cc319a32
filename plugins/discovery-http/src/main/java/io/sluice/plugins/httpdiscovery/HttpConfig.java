package io.sluice.plugins.httpdiscovery;

import io.sluice.spi.config.Default;
import io.sluice.spi.config.Description;
import io.sluice.spi.config.Range;
import io.sluice.spi.config.Required;
import java.time.Duration;
import java.util.Map;

/** Tyk's fields, and a few of our own: {@code port}, {@code headers}, {@code timeout}. */
record HttpConfig(
        @Description("Switches the discovery on.") boolean useDiscoveryService,
        @Required @Description("Who is asked: an http or https URL.") String queryEndpoint,
        @Description("Where a target's host, or host:port, stands in the answer.") String dataPath,
        @Description("Where the entries stand, or with use_nested_query the text that holds them.") String parentDataPath,
        @Description("Where a target's port stands, if not behind its host.") String portDataPath,
        @Description("A path for HTTP targets; without meaning here.") String targetPath,
        @Description("The text at parent_data_path is JSON of its own.") boolean useNestedQuery,
        @Description("All targets of the answer are taken, not only the first.") boolean useTargetList,
        @Description("The answer is a list.") boolean endpointReturnsList,
        @Default("60s") @Description("How long an answer is valid.") Duration cacheTimeout,
        @Description("Asks every second.") boolean cacheDisabled,
        @Range(min = 0, max = 65535) @Description("The port of targets that have none in the answer.") int port,
        @Description("Sent with the query.") Map<String, String> headers,
        @Default("5s") @Description("How long an answer may take.") Duration timeout) {

    private static final Duration TYKS_DEFAULT = Duration.ofSeconds(60);
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST_TIMEOUT = Duration.ofSeconds(25);

    HttpConfig {
        dataPath = dataPath == null ? "" : dataPath;
        parentDataPath = parentDataPath == null ? "" : parentDataPath;
        portDataPath = portDataPath == null ? "" : portDataPath;
        headers = Map.copyOf(headers);
        if (timeout.isZero() || timeout.compareTo(LONGEST_TIMEOUT) > 0) {
            throw new IllegalArgumentException("timeout: " + timeout.toSeconds() + " s (expected: above 0, at most 25s)");
        }
    }

    /** How long an answer is valid; as Tyk has it, 0 is the default. */
    Duration validFor() {
        if (cacheDisabled) {
            return SHORTEST;
        }
        Duration wanted = cacheTimeout.isZero() ? TYKS_DEFAULT : cacheTimeout;
        return wanted.compareTo(SHORTEST) < 0 ? SHORTEST : wanted;
    }

    /** Headers and the endpoint may hold keys. */
    @Override
    public String toString() {
        return "HttpConfig[" + dataPath + "]";
    }
}
