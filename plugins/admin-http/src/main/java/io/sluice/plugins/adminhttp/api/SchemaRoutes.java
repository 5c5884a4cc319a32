package io.sluice.plugins.adminhttp.api;

import io.sluice.spi.admin.AdminResponse;
import io.sluice.spi.control.GatewayControl;
import java.util.ArrayList;
import java.util.List;

/** The schema of definitions, and the document of this API. */
final class SchemaRoutes {

    private final GatewayControl gateway;
    private final List<Operation> others;

    /**
     * @param others all other operations
     */
    SchemaRoutes(GatewayControl gateway, List<Operation> others) {
        this.gateway = gateway;
        this.others = others;
    }

    List<Operation> all() {
        List<Operation> own = new ArrayList<>();
        own.add(Operation.of("GET", "/v1/schema", "The schema of definitions, put together from the installed plugins.")
                .answers(new Shape.Text("application/schema+json"))
                .by(request -> AdminResponse.text(200, "application/schema+json", gateway.schema())));
        own.add(Operation.of("GET", "/v1/openapi.json", "This document.")
                .by(request -> AdminResponse.json(200, document(own))));
        return own;
    }

    private String document(List<Operation> own) {
        List<Operation> all = new ArrayList<>(others);
        all.addAll(own);
        return gateway.json().write(new OpenApi(gateway.status().version()).document(all));
    }
}
