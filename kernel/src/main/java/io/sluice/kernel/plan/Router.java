package io.sluice.kernel.plan;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Chooses the service of a connection by server name: exact, then {@code *.} for one label, then the default, which is
 * the service without a domain. A client that gives no name gets the default, or the only service there is. Immutable.
 */
public final class Router {

    private final Map<String, ServicePlan> exact = new HashMap<>();
    private final Map<String, ServicePlan> wildcard = new HashMap<>();
    private final ServicePlan fallback;
    private final ServicePlan only;

    Router(List<ServicePlan> services) {
        ServicePlan withoutDomain = null;
        for (ServicePlan service : services) {
            String domain = service.info().domain();
            if (domain.isEmpty()) {
                withoutDomain = service;
            } else if (domain.startsWith("*.")) {
                wildcard.put(domain.substring(2), service);
            } else {
                exact.put(domain, service);
            }
        }
        this.fallback = withoutDomain;
        this.only = services.size() == 1 ? services.get(0) : null;
    }

    /**
     * The service for a server name.
     *
     * @param serverName lower case, without a trailing dot; empty if the client gave none
     */
    public Optional<ServicePlan> route(Optional<String> serverName) {
        if (serverName.isEmpty()) {
            return Optional.ofNullable(fallback != null ? fallback : only);
        }
        String name = serverName.get();
        ServicePlan service = exact.get(name);
        if (service == null) {
            int dot = name.indexOf('.');
            service = dot > 0 ? wildcard.get(name.substring(dot + 1)) : null;
        }
        return Optional.ofNullable(service != null ? service : fallback);
    }
}
