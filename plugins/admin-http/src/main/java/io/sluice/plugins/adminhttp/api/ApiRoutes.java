package io.sluice.plugins.adminhttp.api;

import io.sluice.spi.admin.AdminRoute;
import io.sluice.spi.control.GatewayControl;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** All routes of the admin API. */
public final class ApiRoutes {

    private ApiRoutes() {
    }

    /**
     * The routes.
     *
     * @param mounted those of other plugins at this moment, for the document
     */
    public static List<AdminRoute> of(GatewayControl gateway, Supplier<List<AdminRoute>> mounted) {
        Answers answers = new Answers(gateway.json());
        List<Operation> operations = new ArrayList<>();
        operations.addAll(new StateRoutes(gateway, answers).all());
        operations.addAll(new ServiceRoutes(gateway, answers).all());
        operations.addAll(new TargetRoutes(gateway, answers).all());
        operations.addAll(new LiveRoutes(gateway, answers).all());
        operations.addAll(new CertificateRoutes(gateway, answers).all());
        operations.addAll(new EventRoutes(gateway).all());
        operations.addAll(new SchemaRoutes(gateway, List.copyOf(operations), mounted).all());
        return operations.stream().map(Operation::route).toList();
    }
}
