package io.sluice.spi.connection;

import java.util.Locale;

/**
 * Why a connection ended: the closed list of words in access records and counters.
 *
 * <p>New words may be added in a minor version; treat one that you do not know as {@link #INTERNAL_ERROR}.
 *
 * @since 1.0
 */
public enum CloseReason {
    /** Both directions ended with a FIN and everything was delivered. */
    COMPLETED,
    /** The client reset the connection. */
    CLIENT_RESET,
    /** The target reset the connection. */
    UPSTREAM_RESET,
    /** A TLS peer ended its session, and the provider cannot go on sending after that. */
    PEER_CLOSED_TLS,
    /** A TLS peer ended without close_notify. */
    TRUNCATED,
    /** Both directions were silent for {@code timeouts.idle}. */
    IDLE_TIMEOUT,
    /** One direction had ended, and the other was silent for {@code timeouts.half_closed}. */
    HALF_CLOSED_TIMEOUT,
    /** The connection reached {@code timeouts.max_lifetime}. */
    MAX_LIFETIME,
    /** The client's preamble (PROXY header, TLS handshake) was not finished within {@code timeouts.handshake}. */
    HANDSHAKE_TIMEOUT,
    /** The client went away before it was connected to a target. */
    CLIENT_LEFT,
    /** The client's preamble breaks its protocol's rules. */
    BAD_PREAMBLE,
    /** A PROXY header came from an address that may not send one. */
    UNTRUSTED_PROXY,
    /** The TLS handshake with the client failed, or the client broke TLS later. */
    TLS_FAILED,
    /** The client's certificate is missing or not admitted. */
    CLIENT_CERTIFICATE_REFUSED,
    /** No service answers to the server name. */
    NO_SERVICE,
    /** An access policy refused the client. */
    ACCESS_DENIED,
    /** The gateway, the service or the client has as many connections as it may have. */
    TOO_MANY_CONNECTIONS,
    /** New connections arrive faster than they may. */
    TOO_FAST,
    /** No target may take the connection. */
    NO_TARGET,
    /** Every target that was tried refused, failed or did not answer in time. */
    CONNECT_FAILED,
    /** The target lost its health. */
    TARGET_DOWN,
    /** The service was removed or changed and its connections had to end. */
    SERVICE_REMOVED,
    /** An operator closed it. */
    CLOSED_BY_OPERATOR,
    /** The gateway shut down. */
    SHUTDOWN,
    /** A fault of the gateway or of a plugin; the log has the details. */
    INTERNAL_ERROR;

    private final String word = name().toLowerCase(Locale.ROOT);

    /** The word as it appears in access records and metric labels. */
    public String word() {
        return word;
    }
}
