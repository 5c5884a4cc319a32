package io.sluice.spi.control;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The store of certificates, which definitions name by id.
 *
 * @since 1.0
 */
@ProviderType
public interface CertificateControl {

    /** All that are stored, by id. */
    List<CertificateStatus> all();

    /** One of them. */
    Optional<CertificateStatus> find(String id);

    /**
     * Stores a certificate, its chain and, if given, its key. Services that name its id take it up at once.
     *
     * @param id   what the caller believes its id to be; empty if it does not say
     * @param pem  PEM text, the leaf first; at most 1 MiB
     * @param mode whether it is stored, or only looked at
     * @throws ControlRefused if it is none, its id is another one, its key does not match, or it cannot be stored
     */
    CertificateStatus put(Optional<String> id, String pem, ServiceControl.Mode mode) throws ControlRefused;

    /**
     * Removes a stored certificate, or only says whether that would do.
     *
     * @throws ControlRefused if there is none, if a service uses it, or if it cannot be removed
     */
    void delete(String id, ServiceControl.Mode mode) throws ControlRefused;
}
