package io.sluice.plugins.adminhttp.api;

import io.sluice.spi.admin.AdminResponse;
import io.sluice.spi.admin.AdminRoute;
import io.sluice.spi.control.GatewayControl;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The schema of definitions, and the document of this API. */
final class SchemaRoutes {

    private final GatewayControl gateway;
    private final List<Operation> others;
    private final Supplier<List<AdminRoute>> mounted;

    /**
     * @param others  all other operations
     * @param mounted the routes of other plugins at this moment
     */
    SchemaRoutes(GatewayControl gateway, List<Operation> others, Supplier<List<AdminRoute>> mounted) {
        this.gateway = gateway;
        this.others = others;
        this.mounted = mounted;
    }

    List<Operation> all() {
        List<Operation> own = new ArrayList<>();
        own.add(Operation.of("GET", "/v1/schema", "The schema of definitions, put together from the installed plugins.")
                .answers(new Shape.Free("application/schema+json", "JSON Schema 2020-12."))
                .by(request -> AdminResponse.text(200, "application/schema+json", gateway.schema())));
        own.add(Operation.of("GET", "/v1/openapi.json", "This document.")
                .answers(new Shape.Free("application/json", "OpenAPI 3.1."))
                .by(request -> AdminResponse.json(200, document(own))));
        return own;
    }

    private String document(List<Operation> own) {
        List<Operation> all = new ArrayList<>(others);
        all.addAll(own);
        return gateway.json().write(new OpenApi(gateway.status().version()).document(all, mounted.get()));
    }
}
