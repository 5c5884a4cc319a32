package io.sluice.plugins.prometheus;

import io.sluice.spi.admin.AdminRequest;
import io.sluice.spi.admin.AdminResource;
import io.sluice.spi.admin.AdminResponse;
import io.sluice.spi.admin.AdminRoute;
import io.sluice.spi.admin.AdminRoute.Access;
import io.sluice.spi.control.GatewayControl;
import java.util.List;

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
        return List.of(new AdminRoute("GET", "/metrics", access, request -> scrape(request, families)));
    }

    private static AdminResponse scrape(AdminRequest request, Families families) {
        Exposition format = Exposition.accepted(request.headers().getOrDefault("accept", List.of()));
        // one after the other: scrapes that come all at once would have every processor, and those who relay bytes would wait
        synchronized (families) {
            return AdminResponse.text(200, format.contentType(), format.write(families.now())).with("vary", "accept");
        }
    }
}
