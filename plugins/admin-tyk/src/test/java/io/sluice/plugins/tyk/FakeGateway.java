package io.sluice.plugins.tyk;

import io.sluice.spi.control.CertificateControl;
import io.sluice.spi.control.CertificateStatus;
import io.sluice.spi.control.ControlRefused.Reason;
import io.sluice.spi.control.ControlRefused;
import io.sluice.spi.control.Outcome;
import io.sluice.spi.control.Problem;
import io.sluice.spi.control.ServiceControl;
import io.sluice.spi.json.Json;
import io.sluice.testing.control.UnaskedGateway;
import io.sluice.testing.json.JacksonJson;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Definitions and certificates in memory. */
final class FakeGateway extends UnaskedGateway {

    final Json json = new JacksonJson();
    final FakeServices services = new FakeServices(json);
    final Map<String, CertificateStatus> certificates = new LinkedHashMap<>();
    int reloads;

    @Override
    public FakeServices services() {
        return services;
    }

    @Override
    public Json json() {
        return json;
    }

    @Override
    public long reload() {
        return ++reloads;
    }

    @Override
    public Outcome previewReload() {
        return new Outcome("", 1, false, "", List.of(), List.of(problem("listen_port: 0 (expected: 1 to 65535)")));
    }

    /** Knows a certificate by the first letter of its text, and takes nothing else for one. */
    @Override
    public CertificateControl certificates() {
        return new CertificateControl() {
            @Override
            public List<CertificateStatus> all() {
                return new ArrayList<>(certificates.values());
            }

            @Override
            public Optional<CertificateStatus> find(String id) {
                return Optional.ofNullable(certificates.get(id));
            }

            @Override
            public CertificateStatus put(Optional<String> id, String pem, ServiceControl.Mode mode) throws ControlRefused {
                if (!pem.startsWith("PEM ")) {
                    throw new ControlRefused(Reason.INVALID, "this is no PEM");
                }
                String sha256 = pem.substring(4, 5).repeat(64);
                CertificateStatus status = new CertificateStatus(sha256, "", "CN=a.example.com,O=Acme,O=Other,C=DE", "CN=CA",
                        List.of("a.example.com"), Instant.EPOCH, Instant.ofEpochSecond(1_900_000_000), true, List.of());
                if (mode == ServiceControl.Mode.APPLY) {
                    certificates.put(sha256, status);
                }
                return status;
            }

            @Override
            public void delete(String id, ServiceControl.Mode mode) throws ControlRefused {
                if ((mode == ServiceControl.Mode.APPLY ? certificates.remove(id) : certificates.get(id)) == null) {
                    throw new ControlRefused(Reason.UNKNOWN, "there is none");
                }
            }
        };
    }

    static Problem problem(String message) {
        return new Problem(Problem.Severity.ERROR, "bad_value", null, null, 1, 2, "/listen_port", message, "choose another");
    }
}
