package io.sluice.kernel.gateway;

import io.sluice.kernel.plugin.Generation;
import io.sluice.spi.admin.AdminHandler;
import io.sluice.spi.admin.AdminResponse;
import io.sluice.spi.admin.AdminRoute;
import io.sluice.spi.control.ControlRefused.Reason;
import io.sluice.spi.control.ControlRefused;
import java.io.IOException;
import java.util.List;

/** A plugin's routes, which hold its code as long as one of them answers: it may be replaced at any moment. */
final class PinnedRoutes {

    private PinnedRoutes() {
    }

    static List<AdminRoute> of(List<AdminRoute> routes, Generation generation) {
        return routes.stream().map(route -> new AdminRoute(route.method(), route.path(), route.access(),
                pinned(route.handler(), generation), route.operation())).toList();
    }

    private static AdminHandler pinned(AdminHandler handler, Generation generation) {
        return request -> {
            if (!holds(generation)) {
                throw new ControlRefused(Reason.UNAVAILABLE, "plugin " + generation.plugin() + " has just been replaced");
            }
            try {
                AdminResponse response = handler.handle(request);
                return response.body() instanceof AdminResponse.Stream stream
                        ? new AdminResponse(response.status(), response.headers(), pinned(stream, generation)) : response;
            } finally {
                generation.release();
            }
        };
    }

    private static AdminResponse.Stream pinned(AdminResponse.Stream stream, Generation generation) {
        return new AdminResponse.Stream(out -> {
            if (!holds(generation)) {
                throw new IOException("plugin " + generation.plugin() + " has ended");
            }
            try {
                stream.writer().write(out);
            } finally {
                generation.release();
            }
        });
    }

    private static boolean holds(Generation generation) {
        try {
            generation.retain();
            return true;
        } catch (IllegalStateException e) {
            return false;
        }
    }
}
