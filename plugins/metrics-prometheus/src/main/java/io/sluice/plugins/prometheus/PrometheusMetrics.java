package io.sluice.plugins.prometheus;

import io.sluice.spi.admin.AdminRequest;
import io.sluice.spi.admin.AdminResource;
import io.sluice.spi.admin.AdminResponse;
import io.sluice.spi.admin.AdminRoute;
import io.sluice.spi.admin.AdminRoute.Access;
import io.sluice.spi.control.GatewayControl;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code GET /metrics}: a snapshot, written anew for each scrape; nothing is kept between two. */
public final class PrometheusMetrics implements AdminResource<MetricsConfig> {

    @Override
    public String name() {
        return "metrics_prometheus";
    }

    @Override
    public Class<MetricsConfig> configType() {
        return MetricsConfig.class;
    }

    @Override
    public String settingsPath() {
        return "metrics";
    }

    @Override
    public List<AdminRoute> mount(MetricsConfig config, GatewayControl gateway) {
        Access access = config.public_() ? Access.PUBLIC : Access.KEY;
        Families families = new Families(gateway);
        return List.of(new AdminRoute("GET", "/metrics", access, request -> scrape(request, families)).described(operation()));
    }

    private static Map<String, Object> operation() {
        Map<String, Object> content = new LinkedHashMap<>();
        for (Exposition format : Exposition.values()) {
            content.put(format.contentType().split(";", 2)[0], Map.of("schema", Map.of("type", "string")));
        }
        return Map.of("summary", "Metrics for Prometheus: plain text, or OpenMetrics where it is asked for.",
                "responses", Map.of("200", Map.of("description", "All metrics of this moment.", "content", content)));
    }

    private static AdminResponse scrape(AdminRequest request, Families families) {
        Exposition format = Exposition.accepted(request.headers().getOrDefault("accept", List.of()));
        // one after the other: scrapes that come all at once would have every processor, and those who relay bytes would wait
        synchronized (families) {
            return AdminResponse.text(200, format.contentType(), format.write(families.now())).with("vary", "accept");
        }
    }
}
