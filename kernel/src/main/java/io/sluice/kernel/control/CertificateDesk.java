package io.sluice.kernel.control;

import io.sluice.spi.control.CertificateControl;
import io.sluice.spi.control.CertificateStatus;
import io.sluice.spi.control.ControlRefused.Reason;
import io.sluice.spi.control.ControlRefused;
import io.sluice.spi.control.ServiceControl;
import java.util.List;
import java.util.Optional;

/** The store of certificates. */
final class CertificateDesk implements CertificateControl {

    @Override
    public List<CertificateStatus> all() {
        return List.of();
    }

    @Override
    public Optional<CertificateStatus> find(String id) {
        return Optional.empty();
    }

    @Override
    public CertificateStatus put(Optional<String> id, String pem, ServiceControl.Mode mode) throws ControlRefused {
        throw new ControlRefused(Reason.UNAVAILABLE, "certificates cannot be uploaded yet");
    }

    @Override
    public void delete(String id, ServiceControl.Mode mode) throws ControlRefused {
        throw new ControlRefused(Reason.UNKNOWN, "there is no certificate " + id);
    }
}
