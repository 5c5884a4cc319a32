package io.sluice.plugins.adminhttp.api;

import io.sluice.spi.admin.AdminRequest;
import io.sluice.spi.admin.AdminResponse;
import io.sluice.spi.control.CertificateControl;
import io.sluice.spi.control.CertificateStatus;
import io.sluice.spi.control.ControlRefused.Reason;
import io.sluice.spi.control.ControlRefused;
import io.sluice.spi.control.GatewayControl;
import io.sluice.spi.control.ServiceControl.Mode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Certificates. */
final class CertificateRoutes {

    private final CertificateControl certificates;
    private final Answers answers;

    CertificateRoutes(GatewayControl gateway, Answers answers) {
        this.certificates = gateway.certificates();
        this.answers = answers;
    }

    List<Operation> all() {
        return List.of(
                Operation.of("GET", "/v1/certificates", "The certificates that the gateway knows.")
                        .paged()
                        .answers(new Shape.PageOf(CertificateStatus.class))
                        .by(request -> answers.page(request, certificates::all, CertificateStatus::id)),
                Operation.of("GET", "/v1/certificates/{id}", "One certificate.")
                        .answers(new Shape.Of(CertificateStatus.class)).refuses(404).by(request -> answers.ok(known(request))),
                Operation.of("PUT", "/v1/certificates/{id}", "Stores a certificate, its chain and its key: PEM text, the leaf first.")
                        .flag("dry_run", "true only looks at it").takes(new Shape.Text("application/x-pem-file"))
                        .answers(new Shape.Of(CertificateStatus.class)).creates().refuses(400, 503).by(this::put),
                Operation.of("DELETE", "/v1/certificates/{id}", "Removes a stored certificate.")
                        .flag("dry_run", "true only says whether that would do")
                        .answers(new Shape.Members(Map.of("id", "string"))).refuses(404, 409, 503).by(this::delete));
    }

    private CertificateStatus known(AdminRequest request) throws ControlRefused {
        return certificates.find(request.variable("id")).orElseThrow(() ->
                new ControlRefused(Reason.UNKNOWN, "there is no such certificate"));
    }

    private AdminResponse put(AdminRequest request) throws ControlRefused {
        String id = request.variable("id");
        boolean created = certificates.find(id).isEmpty();
        CertificateStatus stored = certificates.put(Optional.of(id), Answers.text(request), Answers.mode(request));
        return Answers.mode(request) == Mode.DRY_RUN ? answers.preview(stored) : answers.of(created ? 201 : 200, stored);
    }

    private AdminResponse delete(AdminRequest request) throws ControlRefused {
        certificates.delete(request.variable("id"), Answers.mode(request));
        Map<String, String> body = Map.of("id", request.variable("id"));
        return Answers.mode(request) == Mode.DRY_RUN ? answers.preview(body) : answers.ok(body);
    }
}
