package io.sluice.spi.access;

/**
 * What an {@link AccessPolicy} decided. A connection is served when all policies of its service allow it.
 *
 * @since 1.0
 */
public sealed interface AccessDecision {

    /** The client may use the service. */
    AccessDecision ALLOW = new Allowed();

    /** The client may not use the service; the reason is one sentence for people. */
    static AccessDecision refuse(String reason) {
        return new Refused(reason);
    }

    /** The client may use the service. */
    record Allowed() implements AccessDecision {
    }

    /**
     * The client may not use the service.
     *
     * @param reason one sentence for people
     */
    record Refused(String reason) implements AccessDecision {
    }
}
