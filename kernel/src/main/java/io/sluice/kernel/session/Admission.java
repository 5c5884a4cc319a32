package io.sluice.kernel.session;

import io.sluice.kernel.config.Definition;
import io.sluice.kernel.upstream.ConnectionCounts;
import io.sluice.kernel.upstream.RateLimit;
import io.sluice.kernel.upstream.RunningService;
import io.sluice.spi.access.AccessDecision;
import io.sluice.spi.access.AccessPolicy;
import io.sluice.spi.connection.ClientFacts;
import io.sluice.spi.connection.CloseReason;
import io.sluice.spi.connection.Refusal;
import java.net.InetAddress;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a client that reached a service may use it: the policies first, then the limits, so that who is refused
 * counts nowhere. Holds what was counted until {@link #release}.
 */
public final class Admission {

    private static final Logger LOG = LoggerFactory.getLogger(Admission.class);

    /** One log line a second: a policy that fails does so for each client. */
    private static final RateLimit FAILURES = new RateLimit();

    private final RunningService service;
    private final ConnectionCounts gateway;
    private final InetAddress address;
    private boolean counted;
    private boolean countedByAddress;
    private boolean countedByGateway;

    Admission(RunningService service, ConnectionCounts gateway, ClientFacts client) {
        this.service = service;
        this.gateway = gateway;
        this.address = client.client().source().getAddress();
    }

    /** Why the client is refused, or {@code null}. */
    Refusal decide(ClientFacts client, int gatewayPerIp) {
        for (AccessPolicy policy : service.plan().access()) {
            Refusal refusal = ask(policy, client);
            if (refusal != null) {
                return refusal;
            }
        }
        Definition.Limits limits = service.plan().rules().limits();
        countedByGateway = gateway.admits(address, gatewayPerIp);
        if (!countedByGateway) {
            return tooMany("the client has " + gatewayPerIp + " connections to the gateway");
        }
        countedByAddress = service.state().counts().admits(address, limits.maxConnectionsPerIp());
        if (!countedByAddress) {
            return tooMany("the client has " + limits.maxConnectionsPerIp() + " connections to the service");
        }
        counted = service.state().counts().admits(limits.maxConnections());
        if (!counted) {
            return tooMany("the service has " + limits.maxConnections() + " connections");
        }
        // last, so that clients who are refused anyway take no turn away from others
        return service.state().rate().admits(limits.newConnectionsPerSecond()) ? null
                : new Refusal(CloseReason.TOO_FAST, "more than " + limits.newConnectionsPerSecond()
                        + " new connections a second");
    }

    /** Why a policy refuses a client, or {@code null}. Any thread. */
    public static Refusal ask(AccessPolicy policy, ClientFacts client) {
        try {
            AccessDecision decision = Objects.requireNonNull(policy.decide(client), "decide() answered null");
            return decision instanceof AccessDecision.Refused refused
                    ? new Refusal(CloseReason.ACCESS_DENIED, refused.reason()) : null;
        } catch (Throwable e) {
            if (FAILURES.admits(1)) {
                LOG.error("access policy {} failed, and so it admits nobody", policy.getClass().getName(), e);
            }
            return new Refusal(CloseReason.INTERNAL_ERROR, "an access policy failed");
        }
    }

    private static Refusal tooMany(String detail) {
        return new Refusal(CloseReason.TOO_MANY_CONNECTIONS, detail);
    }

    void release() {
        if (counted) {
            service.state().counts().release();
        }
        if (countedByAddress) {
            service.state().counts().release(address);
        }
        if (countedByGateway) {
            gateway.release(address);
        }
        counted = false;
        countedByAddress = false;
        countedByGateway = false;
    }
}
