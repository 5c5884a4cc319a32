package io.sluice.plugins.httpdiscovery;

import java.time.Duration;
import java.util.Map;

/** Configurations, named by the paths that matter. */
final class Configs {

    private Configs() {
    }

    static HttpConfig paths(String data, String parent, String port, String switches) {
        return new HttpConfig(true, "http://127.0.0.1:1/x", data, parent, port, "/ignored/", switches.contains("nested"),
                switches.contains("list"), switches.contains("array"), Duration.ofSeconds(10), false, 0, Map.of(),
                Duration.ofSeconds(5));
    }

    static HttpConfig asking(String endpoint, Map<String, String> headers, Duration timeout) {
        return new HttpConfig(true, endpoint, "hosts", "", "", "", false, true, false, Duration.ofSeconds(10), false, 0,
                headers, timeout);
    }

    static HttpConfig withPort(HttpConfig config, int port) {
        return new HttpConfig(true, config.queryEndpoint(), config.dataPath(), config.parentDataPath(),
                config.portDataPath(), "", config.useNestedQuery(), config.useTargetList(), config.endpointReturnsList(),
                config.cacheTimeout(), false, port, Map.of(), config.timeout());
    }
}
