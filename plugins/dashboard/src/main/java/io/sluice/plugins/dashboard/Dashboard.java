package io.sluice.plugins.dashboard;

import io.sluice.spi.admin.AdminHandler;
import io.sluice.spi.admin.AdminResource;
import io.sluice.spi.admin.AdminRoute;
import io.sluice.spi.admin.AdminRoute.Access;
import io.sluice.spi.control.ControlRefused;
import io.sluice.spi.control.ControlRefused.Reason;
import io.sluice.spi.control.GatewayControl;
import java.util.List;
import java.util.Map;

/**
 * {@code GET /}: a page for those who operate the gateway, and the files that it is made of under {@code /dashboard/}. They
 * are the same for everybody and hold nothing of the gateway, so they need no key. What the page shows it asks of the
 * admin API, with the key that its reader types.
 */
public final class Dashboard implements AdminResource<DashboardConfig> {

    private static final String PAGE = "index.html";

    @Override
    public String name() {
        return "dashboard";
    }

    @Override
    public Class<DashboardConfig> configType() {
        return DashboardConfig.class;
    }

    @Override
    public List<AdminRoute> mount(DashboardConfig config, GatewayControl gateway) {
        if (!config.enabled()) {
            return List.of();
        }
        Map<String, StaticFile> files = StaticFile.all();
        AdminHandler page = files.get(PAGE)::answer;
        return List.of(new AdminRoute("GET", "/", Access.PUBLIC, page),
                new AdminRoute("GET", "/dashboard/{file...}", Access.PUBLIC, request -> {
                    // a key of the map, never a path
                    StaticFile file = files.get(request.variable("file"));
                    if (file == null || request.variable("file").equals(PAGE)) {
                        throw new ControlRefused(Reason.UNKNOWN, "there is nothing here");
                    }
                    return file.answer(request);
                }));
    }
}
