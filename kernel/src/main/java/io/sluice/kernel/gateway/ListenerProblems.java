package io.sluice.kernel.gateway;

import io.sluice.kernel.json.JsonValue;
import io.sluice.kernel.plan.ListenAddress;
import io.sluice.kernel.plan.PlanResult;
import io.sluice.kernel.plan.RawService;
import io.sluice.kernel.problem.LiveProblems;
import io.sluice.kernel.problem.Place;
import io.sluice.kernel.problem.Problem;
import io.sluice.kernel.runtime.ListenerStatus;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A listener that is not open is a problem as long as that lasts. Used by the control thread only. */
final class ListenerProblems {

    private static final String CODE = "listener_failed";
    private static final int MOST_NAMED = 3;

    private final LiveProblems live;
    private Map<ListenAddress, Problem> raised = Map.of();
    private final Function<Collection<ListenAddress>, Map<ListenAddress, String>> lookup;
    /** Whom an address was found with when it was taken first; empty for nobody that may be known. */
    private final Map<ListenAddress, String> holders = new HashMap<>();

    ListenerProblems(LiveProblems live) {
        this(live, PortHolder::of);
    }

    /**
     * @param lookup which processes have these addresses, as far as that is known
     */
    ListenerProblems(LiveProblems live, Function<Collection<ListenAddress>, Map<ListenAddress, String>> lookup) {
        this.live = live;
        this.lookup = lookup;
    }

    /**
     * Raises what is new and clears what is over.
     *
     * @param listeners all that are wanted open
     * @param result    the plan in effect, which knows where a port was written
     */
    void compare(List<ListenerStatus> listeners, PlanResult result) {
        Map<ListenAddress, Problem> failed = new HashMap<>();
        lookUp(listeners.stream().filter(ListenerStatus::isTaken).map(ListenerStatus::address).collect(Collectors.toSet()));
        listeners.stream().filter(one -> !one.open()).forEach(one -> failed.put(one.address(), problem(one, result)));
        raised.forEach((address, before) -> {
            Problem now = failed.get(address);
            if (now == null || !now.service().equals(before.service())) {
                live.clear(CODE, before.service(), address.toString());
            }
        });
        failed.forEach((address, now) -> live.raise(now, address.toString()));
        raised = failed;
    }

    /** Each address once, however long it is taken, and all new ones together. */
    private void lookUp(Set<ListenAddress> taken) {
        holders.keySet().retainAll(taken);
        Set<ListenAddress> fresh = new HashSet<>(taken);
        fresh.removeAll(holders.keySet());
        if (!fresh.isEmpty()) {
            Map<ListenAddress, String> found = lookup.apply(fresh);
            fresh.forEach(address -> holders.put(address, found.getOrDefault(address, "")));
        }
    }

    /** A listener of one service is that service's; one of several is nobody's alone. */
    private Problem problem(ListenerStatus listener, PlanResult result) {
        List<String> services = listener.services();
        String first = services.get(0);
        String whose = services.size() == 1 ? "" : " for " + String.join(", ", services.subList(0, Math.min(MOST_NAMED, services.size())))
                + (services.size() > MOST_NAMED ? " and " + (services.size() - MOST_NAMED) + " more" : "");
        Problem problem = Problem.error(CODE, result.origin(first).map(ListenerProblems::place).orElse(Place.NONE),
                listener.address() + " cannot be opened" + whose + ": " + listener.reason(),
                holder(listener.address()) + listener.hint());
        return services.size() == 1 ? problem.of(first) : problem;
    }

    private String holder(ListenAddress address) {
        String process = holders.getOrDefault(address, "");
        return process.isEmpty() ? "" : process + " has port " + address.port() + "; ";
    }

    private static Place place(RawService service) {
        JsonValue port = service.json().get("listen_port");
        return port == null ? Place.file(service.file()) : port.place();
    }
}
