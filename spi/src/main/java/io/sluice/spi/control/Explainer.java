package io.sluice.spi.control;

import io.sluice.spi.config.OneOrMany;
import io.sluice.spi.config.Range;
import io.sluice.spi.config.Required;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Says what the gateway would do with a client, by the plan and the state of this moment. Nothing moves by asking.
 *
 * @since 1.0
 */
@ProviderType
public interface Explainer {

    /**
     * Explains one client.
     *
     * @throws ControlRefused if a part of the question is not in order
     */
    Explanation explain(Question question) throws ControlRefused;

    /** The latest connections that were refused, the newest first; at most 200. */
    List<RefusedConnection> refused();

    /**
     * A client; what is {@code null} is not known.
     *
     * @param port              that it connects to
     * @param address           the listener's address, where several listen on the port
     * @param serverName        that it asks for
     * @param client            its socket's address
     * @param presentedClient   the address that a proxy in front presents for it
     * @param alpn              the application protocols that it offers, in order
     * @param clientCertificate the certificate that it shows: PEM, or the id of a stored one
     */
    record Question(@Required @Range(min = 1, max = 65535) int port, @Nullable String address, @Nullable String serverName,
            @Nullable String client, @Nullable String presentedClient, @OneOrMany List<String> alpn, @Nullable String clientCertificate) {
        public Question {
            alpn = alpn == null ? List.of() : List.copyOf(alpn);
        }
    }
}
