package io.sluice.plugins.httpdiscovery;

import io.sluice.spi.config.ConfigField;
import io.sluice.spi.config.Findings;
import io.sluice.spi.connection.ServiceInfo;
import io.sluice.spi.discovery.DiscoveryContext;
import io.sluice.spi.discovery.PreparedDiscovery;
import io.sluice.spi.discovery.TargetDiscovery;
import io.sluice.spi.discovery.TargetLookup;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** {@code proxy.service_discovery} with Tyk's fields: a discovery service that answers JSON over HTTP. */
public final class HttpDiscovery implements TargetDiscovery<HttpConfig> {

    private static final String RULE = " (expected: http://host:port/path or https://…)";
    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}";
    /** What the request itself is made of. */
    private static final Set<String> OURS = Set.of("host", "connection", "content-length", "transfer-encoding", "upgrade",
            "expect", "te", "trailer", "keep-alive");

    @Override
    public String name() {
        return "http";
    }

    /** Tyk's definitions do not name it. */
    @Override
    public boolean isDefault() {
        return true;
    }

    @Override
    public Class<HttpConfig> configType() {
        return HttpConfig.class;
    }

    @Override
    public List<ConfigField> fields() {
        return List.of(ConfigField.switchedBy("proxy.service_discovery.use_discovery_service"),
                ConfigField.config("proxy.service_discovery"));
    }

    @Override
    public PreparedDiscovery prepare(HttpConfig config, ServiceInfo service, Findings findings) {
        Endpoint endpoint;
        try {
            endpoint = Endpoint.parse(config.queryEndpoint());
        } catch (IllegalArgumentException e) {
            findings.error("query_endpoint", e.getMessage() + RULE, "write the whole URL that answers with the targets");
            return null;
        }
        config.headers().forEach((name, value) -> {
            if (!name.matches(TOKEN) || OURS.contains(name.toLowerCase(Locale.ROOT))) {
                findings.error("headers[\"" + name + "\"]", "\"" + name + "\" (expected: the name of a header that the query may have)",
                        "no spaces or separators; " + String.join(", ", OURS.stream().sorted().toList()) + " are set by the query itself");
            } else if (value.chars().anyMatch(c -> c < ' ' && c != '\t' || c > '~')) {
                findings.error("headers[\"" + name + "\"]", "a value that cannot be sent (expected: ASCII)",
                        "write it in ASCII, on one line");
            }
        });
        return new Prepared(config, endpoint);
    }

    private record Prepared(HttpConfig config, Endpoint endpoint) implements PreparedDiscovery {

        @Override
        public TargetLookup begin(DiscoveryContext context) {
            return new HttpLookup(config, endpoint, context.json());
        }

        @Override
        public Duration refresh() {
            return config.validFor();
        }
    }
}
