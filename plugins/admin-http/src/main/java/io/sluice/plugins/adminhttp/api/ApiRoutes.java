package io.sluice.plugins.adminhttp.api;

import io.sluice.spi.admin.AdminRoute;
import io.sluice.spi.control.GatewayControl;
import java.util.ArrayList;
import java.util.List;

/** All routes of the admin API. */
public final class ApiRoutes {

    private ApiRoutes() {
    }

    /** The routes. */
    public static List<AdminRoute> of(GatewayControl gateway) {
        Answers answers = new Answers(gateway.json());
        List<Operation> operations = new ArrayList<>();
        operations.addAll(new StateRoutes(gateway, answers).all());
        operations.addAll(new ServiceRoutes(gateway, answers).all());
        operations.addAll(new TargetRoutes(gateway, answers).all());
        operations.addAll(new LiveRoutes(gateway, answers).all());
        operations.addAll(new CertificateRoutes(gateway, answers).all());
        operations.addAll(new EventRoutes(gateway).all());
        operations.addAll(new SchemaRoutes(gateway, List.copyOf(operations)).all());
        return operations.stream().map(Operation::route).toList();
    }
}
