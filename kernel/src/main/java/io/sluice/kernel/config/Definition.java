package io.sluice.kernel.config;

import io.sluice.kernel.json.JsonValue.JsonArray;
import io.sluice.kernel.json.JsonValue.JsonObject;
import io.sluice.spi.config.Default;
import io.sluice.spi.config.Description;
import io.sluice.spi.config.Range;
import io.sluice.spi.config.Shorthand;
import java.time.Duration;
import java.util.List;

/**
 * One definition as far as the kernel itself reads it. Fields that belong to extensions stay in {@link #source}.
 *
 * <p>The seed's layout and Tyk's are both bound to this shape: {@code enable_load_balancing} and
 * {@code check_host_against_uptime_tests} may stand at the root or in {@code proxy}; {@code id} is {@code api_id}.
 * Durations that are {@code null} take the settings' value.
 */
public record Definition(
        @Description("Name, for people.") String name,
        @Description("Unique id; by default a slug of the name or of the file's name.") String apiId,
        @Description("Tyk's slug; shown, not used.") String slug,
        @Description("Tyk's organisation; shown, not used.") String orgId,
        @Default("true") @Description("false keeps the service parked.") boolean active,
        @Description("Port, 1 to 65535.") @Range(min = 1, max = 65535) int listenPort,
        @Description("Bind address; by default the settings' listen_address.") String listenAddress,
        @Description("The innermost client-side layer: tcp, tls, or any that is installed.") ExtensionRef protocol,
        @Description("Further client-side layers, outermost first.") List<ExtensionRef> layers,
        @Description("Access policies.") List<ExtensionRef> access,
        @Description("Server name: exact, *.example.com, or empty for any.") String domain,
        @Description("Takes the domain out of use.") boolean domainDisabled,
        Proxy proxy,
        @Description("Whether target_list is balanced over.") boolean enableLoadBalancing,
        @Description("Whether health checks decide which targets are used.") boolean checkHostAgainstUptimeTests,
        Limits limits,
        @Default("drain") OnServiceRemoved onServiceRemoved,
        UptimeTests uptimeTests,
        JsonObject source) {

    /** Where connections go. */
    public record Proxy(
            @Description("The target: host:port or scheme://host:port.") String targetUrl,
            @Description("The targets to balance over.") List<TargetEntry> targetList,
            @Description("How targets are chosen.") ExtensionRef balancer,
            Timeouts timeouts,
            @Default("2") @Range(min = 0, max = 100) @Description("Tries after the first.") int retries,
            @Default("refuse") OnAllDown onAllDown,
            @Description("What becomes of the live connections of a target that went down.") OnTargetDown onTargetDown,
            @Default("0s") @Description("How long a target that came back takes to its full share.") Duration slowStart,
            @Description("Where targets come from, beside target_list.") JsonObject serviceDiscovery) {
    }

    /** One entry of {@code target_list}. */
    public record TargetEntry(
            @Shorthand String url,
            @Default("1") @Range(min = 0, max = 1_000_000) int weight,
            @Default("0") @Range(min = 0, max = 1_000_000) int priority,
            JsonObject source) {
    }

    /** Deadlines of one service; {@code null} takes the settings' value, zero switches off. */
    public record Timeouts(
            Duration connect, Duration handshake, Duration idle, Duration halfClosed, Duration maxLifetime,
            Duration drain) {
    }

    /** Limits of one service; {@code 0} = none. */
    public record Limits(
            @Range(min = 0, max = 100_000_000) int maxConnections,
            @Range(min = 0, max = 100_000_000) int maxConnectionsPerIp,
            @Range(min = 0, max = 100_000_000) int newConnectionsPerSecond) {
    }

    /** What happens to a removed service's connections. */
    public enum OnServiceRemoved {
        DRAIN, CLOSE, KEEP
    }

    /** What happens to a new connection when every target is down. */
    public enum OnAllDown {
        REFUSE, TRY_ALL
    }

    /** What happens to the connections of a target that went down. */
    public enum OnTargetDown {
        CLOSE, DRAIN, KEEP
    }

    /** Health checks. */
    public record UptimeTests(boolean disabled, List<Check> checkList, JsonObject defaultCheck, Config config) {

        /** Of this service; {@code null}, and 0 in a field of Tyk's, take the settings' value. */
        public record Config(
                @ProbeTimeout Duration timeout,
                @AboveZero Duration interval, Duration timeWait, @AboveZero Duration unhealthyInterval,
                @Range(min = 1, max = 1000) Integer rise,
                @Range(min = 1, max = 1000) Integer fall,
                @Range(min = 0, max = 1000) int failureTriggerSampleSize,
                boolean singlePrimary) {
        }

        /**
         * One entry of {@code check_list}.
         *
         * @param commands the conversation, each an object with {@code name}, {@code timeout} and the command's own
         *                 fields; {@code null} when the connection itself is the check
         * @param timeout  {@code null} and 0 (Tyk writes it out) take that of {@link Config}
         */
        public record Check(
                @Shorthand String url,
                JsonArray commands,
                Boolean enableProxyProtocol,
                @ProbeTimeout Duration timeout,
                @AboveZero Duration interval, Duration timeWait, @AboveZero Duration unhealthyInterval,
                @Range(min = 1, max = 1000) Integer rise,
                @Range(min = 1, max = 1000) Integer fall,
                JsonObject source) {
        }
    }
}
