package io.sluice.kernel.config;

import io.sluice.kernel.json.JsonValue.JsonObject;
import io.sluice.spi.config.Default;
import io.sluice.spi.config.Description;
import io.sluice.spi.config.Range;
import io.sluice.spi.config.Required;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The settings file, {@code conf/sluice.json}, as far as the kernel itself reads it. What belongs to plugins
 * ({@code http_server_options}, {@code access_log}, ...) stays in {@link #source}.
 */
public record Settings(
        @Default("0.0.0.0") @Description("Bind address of services.") String listenAddress,
        @Default("services") @Description("Folder of definitions, relative to conf/.") String appPath,
        @Default("certs") @Description("Folder of PEM files and uploaded certificates, relative to conf/.") String certificatesPath,
        @Description("The ports that services may listen on, per protocol.") Map<String, PortRule> portsWhitelist,
        @Description("Any port may be listened on.") boolean disablePortsWhitelist,
        @Description("Key of the admin API.") String secret,
        @Description("File that holds the key of the admin API.") String secretFile,
        Admin admin,
        Plugins plugins,
        UptimeTests uptimeTests,
        Timeouts timeouts,
        Limits limits,
        @Description("Event loops; 0 = one per core.") @Range(min = 0, max = 1024) int workers,
        @Default("auto") @Description("How sockets are driven.") Transport transport,
        JsonObject source) {

    /** Ports of one protocol that services may listen on. A bad entry allows nothing. */
    public record PortRule(List<PortRange> ranges, List<Integer> ports) {

        /** Whether a port may be listened on. */
        public boolean allows(int port) {
            return ports.contains(port)
                    || ranges.stream().anyMatch(range -> range.from() <= port && port <= range.to());
        }
    }

    /** Ports from {@code from} to {@code to}, both included. */
    public record PortRange(@Required int from, @Required int to) {
    }

    /** Where the admin API listens, and for which names it answers. */
    public record Admin(
            @Default("127.0.0.1:9700") @Description("Address of the admin API; \"off\" closes it.") String address,
            @Description("UNIX domain socket that the admin API listens on as well, relative to data/.") String socket,
            @Description("Host names that the admin API answers to besides loopback.") List<String> hosts) {
    }

    /** How the plugins folders are followed. */
    public record Plugins(
            @Default("true") @Description("Follow changes of the plugins folders.") boolean watch,
            @Default("500ms") @AboveZero @Description("How often they are looked at.") Duration poll) {
    }

    /** Defaults of health checks. */
    public record UptimeTests(@Description("No probing at all.") boolean disable, Config config) {

        /** Tyk's names first, of which 0 is the default, as it is there; {@code null} is the default too. */
        public record Config(
                @Default("3") @Range(min = 0, max = 1000) int failureTriggerSampleSize,
                @Default("10s") Duration timeWait,
                @Range(min = 0, max = 100_000) int checkerPoolSize,
                @ProbeTimeout Duration timeout,
                @AboveZero Duration interval, @AboveZero Duration unhealthyInterval,
                @Range(min = 1, max = 1000) Integer rise,
                @Range(min = 1, max = 1000) Integer fall) {
        }
    }

    /** Defaults of every deadline; {@code 0} switches one off. */
    public record Timeouts(
            @Default("5s") Duration connect,
            @Default("10s") Duration handshake,
            @Default("1h") Duration idle,
            @Default("5m") Duration halfClosed,
            @Default("0s") Duration maxLifetime,
            @Default("60s") Duration drain) {
    }

    /** Limits of the whole gateway; {@code 0} = none. */
    public record Limits(
            @Range(min = 0, max = 100_000_000) int maxConnections,
            @Range(min = 0, max = 100_000_000) int maxConnectionsPerIp,
            @Range(min = 0, max = 100_000_000) int newConnectionsPerSecond) {
    }

    /** How sockets are driven. */
    public enum Transport {
        AUTO, EPOLL, IO_URING, NIO
    }
}
