package io.sluice.kernel.runtime;

import io.sluice.kernel.listen.Listener;
import io.sluice.kernel.plan.ListenAddress;
import io.sluice.kernel.plan.ListenerPlan;
import io.sluice.kernel.plan.Plan;
import io.sluice.kernel.plan.ServicePlan;
import io.sluice.kernel.problem.LiveProblems;
import io.sluice.kernel.session.Slice;
import io.sluice.kernel.upstream.RunningService;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The listeners that are wanted, and the slices that they run on. An unchanged one keeps its socket and its slice. What
 * changes something is for the control thread.
 */
final class OpenListeners {

    private final Listener.Shared shared;
    private final LiveProblems problems;
    private final Map<ListenAddress, Open> open = new LinkedHashMap<>();
    private volatile List<Open> shown = List.of();
    private volatile Runnable change = () -> { };

    /** A listener that is wanted, and the slice that it runs on. */
    private record Open(Listener listener, Slice slice) {
    }

    OpenListeners(Listener.Shared shared, LiveProblems problems) {
        this.shared = shared;
        this.problems = problems;
    }

    /** Called on any thread after each change of a listener's state. */
    void onChange(Runnable told) {
        change = told;
    }

    /** What is wanted open, and whether it is. Any thread. */
    List<ListenerStatus> statuses() {
        return shown.stream().map(one -> {
            ListenerPlan plan = one.slice().plan();
            Listener.State state = one.listener().state();
            return new ListenerStatus(plan.address(), plan.protocol(), plan.serviceIds(), state.open(), state.reason(),
                    state.hint());
        }).toList();
    }

    /**
     * Follows a plan: when this returns, each of its listeners is open or has failed.
     *
     * @param services all of the plan, at work
     * @return the slices that no listener runs on any more, for the caller to release
     */
    List<Slice> follow(Plan plan, Map<ServicePlan, RunningService> services) {
        List<Slice> oldSlices = new ArrayList<>();
        Map<ListenAddress, ListenerPlan> wanted = new LinkedHashMap<>();
        plan.listeners().forEach(listener -> wanted.put(listener.address(), listener));
        Map<ListenAddress, Open> gone = new LinkedHashMap<>(open);
        gone.keySet().removeAll(wanted.keySet());
        open.keySet().removeAll(gone.keySet());
        Map<ListenAddress, Listener> opening = new LinkedHashMap<>();
        wanted.forEach((address, listenerPlan) -> {
            Open now = open.get(address);
            if (now == null || now.slice().plan() != listenerPlan) {
                Slice slice = slice(listenerPlan, services);
                if (now != null) {
                    oldSlices.add(now.slice());
                    now.listener().slice(slice);
                    open.put(address, new Open(now.listener(), slice));
                } else {
                    Listener listener = new Listener(address, slice, shared, () -> change.run());
                    open.put(address, new Open(listener, slice));
                    opening.put(address, listener);
                }
            }
        });
        shown = List.copyOf(open.values());
        exchange(gone, opening);
        shared.inherited().compare(open.keySet(), problems);
        gone.values().forEach(old -> oldSlices.add(old.slice()));
        return oldSlices;
    }

    private static Slice slice(ListenerPlan plan, Map<ServicePlan, RunningService> services) {
        Map<ServicePlan, RunningService> behind = new HashMap<>();
        plan.services().forEach(service -> behind.put(service, services.get(service)));
        return new Slice(plan, behind);
    }

    /** A port opens before others close; only where the old address may overlap the new one, that one closes first. */
    private static void exchange(Map<ListenAddress, Open> gone, Map<ListenAddress, Listener> opening) {
        Set<Integer> taken = gone.keySet().stream().map(ListenAddress::port).collect(Collectors.toSet());
        opening.forEach((address, listener) -> {
            if (!taken.contains(address.port())) {
                listener.open();
            }
        });
        gone.values().forEach(old -> old.listener().close());
        opening.forEach((address, listener) -> {
            if (taken.contains(address.port())) {
                listener.open();
            }
        });
    }

    /** Accepts nothing any more: nothing is wanted open. */
    void close() {
        open.values().forEach(one -> one.listener().close());
        shown = List.of();
        change.run();
    }
}
