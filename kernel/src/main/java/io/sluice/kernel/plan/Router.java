package io.sluice.kernel.plan;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Chooses the service of a connection by server name: exact, then {@code *.} for one label, then the default, which is
 * the service without a domain. A client that gives no name gets the default, or the only service there is. Among
 * services with the same name the client's application protocols decide. Immutable.
 */
public final class Router {

    private final Map<String, List<ServicePlan>> byDomain = new HashMap<>();
    private final List<ServicePlan> withoutName;

    Router(List<ServicePlan> services) {
        services.forEach(service -> byDomain.computeIfAbsent(service.info().domain(), d -> new ArrayList<>()).add(service));
        Collection<List<ServicePlan>> groups = byDomain.values();
        this.withoutName = byDomain.getOrDefault("", groups.size() == 1 ? groups.iterator().next() : List.of());
    }

    /**
     * The service for a server name.
     *
     * @param serverName lower case, without a trailing dot; empty if the client gave none
     * @param offers     the application protocols that the client offered; empty if it offered none
     */
    public Optional<ServicePlan> route(Optional<String> serverName, List<String> offers) {
        return choose(serverName.map(this::named).orElse(withoutName), offers);
    }

    private List<ServicePlan> named(String name) {
        List<ServicePlan> byDefault = byDomain.getOrDefault("", List.of());
        if (name.startsWith("*")) {
            // what a client sends is a name, never a pattern
            return byDefault;
        }
        int dot = name.indexOf('.');
        List<ServicePlan> wildcard = dot > 0 ? byDomain.getOrDefault("*" + name.substring(dot), byDefault) : byDefault;
        return byDomain.getOrDefault(name, wildcard);
    }

    /** The one that speaks what is offered, else the one that takes any, else the first: its layer refuses. */
    private static Optional<ServicePlan> choose(List<ServicePlan> services, List<String> offers) {
        ServicePlan any = null;
        for (ServicePlan service : services) {
            List<String> alpn = service.client().alpn();
            if (!Collections.disjoint(alpn, offers)) {
                return Optional.of(service);
            }
            any = any == null && alpn.isEmpty() ? service : any;
        }
        return any != null ? Optional.of(any) : services.stream().findFirst();
    }
}
