package io.sluice.kernel.plan;

import io.sluice.kernel.plugin.Generation;
import io.sluice.kernel.plugin.Offer;
import io.sluice.kernel.problem.Place;
import io.sluice.kernel.problem.Problem;
import io.sluice.spi.connection.ServiceInfo;
import io.sluice.spi.protocol.ClientLayer;
import io.sluice.spi.protocol.ClientProtocol;
import io.sluice.spi.protocol.ListenerView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Puts the services that run onto listeners; a listener about which nothing has changed is kept. */
final class Listeners {

    private final Map<ListenAddress, ListenerPlan> before = new HashMap<>();
    private final Consumer<Problem> problems;

    Listeners(List<ListenerPlan> before, Consumer<Problem> problems) {
        before.forEach(listener -> this.before.put(listener.address(), listener));
        this.problems = problems;
    }

    List<ListenerPlan> of(Iterable<CompiledService> services) {
        Map<ListenAddress, List<CompiledService>> byAddress = new LinkedHashMap<>();
        for (CompiledService service : services) {
            ServiceInfo claimed = service.claim().service();
            ListenAddress address = new ListenAddress(claimed.listenAddress(), claimed.listenPort());
            byAddress.computeIfAbsent(address, a -> new ArrayList<>()).add(service);
        }
        List<ListenerPlan> listeners = new ArrayList<>();
        byAddress.forEach((address, members) -> listener(address, members).ifPresent(listeners::add));
        return listeners;
    }

    private Optional<ListenerPlan> listener(ListenAddress address, List<CompiledService> members) {
        ListenerPlan old = before.get(address);
        // a service's layers are part of its plan: the same plans have the same layers
        if (old != null && hasMembers(old.services(), members)) {
            return Optional.of(old);
        }
        Set<Generation> generations = new HashSet<>();
        members.forEach(member -> member.layers().forEach(layer -> generations.add(layer.offer().generation())));
        List<ServicePlan> services = members.stream().map(CompiledService::plan).toList();
        List<ClientLayer> layers = new ArrayList<>();
        for (int i = 0; i < members.get(0).layers().size(); i++) {
            try {
                layers.add(Objects.requireNonNull(layer(address, members, i), "layer() answered null"));
            } catch (Throwable e) {
                problems.accept(failed(address, members.get(0).layers().get(i).offer(), e));
                return Optional.ofNullable(old);
            }
        }
        return Optional.of(new ListenerPlan(address, members.get(0).claim().protocol(), layers, services, generations));
    }

    private static boolean hasMembers(List<ServicePlan> services, List<CompiledService> members) {
        boolean same = services.size() == members.size();
        for (int i = 0; same && i < services.size(); i++) {
            same = services.get(i) == members.get(i).plan();
        }
        // what goes on as before stands behind what is wanted: another order of the same is no change
        return same || services.size() == members.size()
                && members.stream().map(CompiledService::plan).collect(Collectors.toSet()).equals(Set.copyOf(services));
    }

    /** All members have the same layers in the same order: what differs is refused as a conflict. */
    @SuppressWarnings("unchecked")
    private static ClientLayer layer(ListenAddress address, List<CompiledService> members, int index) {
        Offer<? extends ClientProtocol<?, ?>> offer = members.get(0).layers().get(index).offer();
        List<ListenerView.Member<Object>> view = members.stream()
                .map(m -> new ListenerView.Member<>(m.plan().info(), m.layers().get(index).prepared())).toList();
        return ((ClientProtocol<?, Object>) offer.extension())
                .layer(new ListenerView<>(address.host(), address.port(), view));
    }

    private static Problem failed(ListenAddress address, Offer<?> offer, Throwable error) {
        return Problem.error("plugin_failed", Place.NONE, "listener " + address + ": " + offer.name() + " of plugin "
                + offer.generation().plugin() + " failed: " + error, "the listener stays as it was");
    }
}
