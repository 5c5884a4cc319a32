package io.sluice.kernel.plan;

import io.sluice.kernel.plugin.ExtensionCatalog;
import io.sluice.kernel.plugin.Generation;
import io.sluice.kernel.plugin.Offer;
import io.sluice.spi.config.ConfigField;
import io.sluice.spi.config.ConfigField.Role;
import io.sluice.spi.connection.ServiceInfo;
import io.sluice.spi.protocol.UpstreamLayer;
import io.sluice.spi.protocol.UpstreamProtocol;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The layers that lead to the targets of one service, for each scheme: those that fields of the definition switch on
 * stand outside the scheme's own. Each layer is made once.
 */
final class UpstreamStacks {

    private final ExtensionCatalog catalog;
    private final ExtensionBinding binding;
    private final ServiceInfo info;
    private final Set<Generation> generations;
    private final ProblemList problems;
    private final Map<String, Optional<UpstreamLayer>> layers = new HashMap<>();

    UpstreamStacks(ExtensionCatalog catalog, ExtensionBinding binding, ServiceInfo info, Set<Generation> generations,
            ProblemList problems) {
        this.catalog = catalog;
        this.binding = binding;
        this.info = info;
        this.generations = generations;
        this.problems = problems;
    }

    /** What {@code scheme} means, or the default where none is written; empty if it is not installed. */
    Optional<Offer<UpstreamProtocol<Record>>> protocol(String scheme) {
        return scheme.isEmpty() ? Kinds.byDefault(catalog, Kinds.UPSTREAM) : catalog.find(Kinds.UPSTREAM, scheme);
    }

    /** The layers of connections; empty after an error. */
    Optional<List<UpstreamLayer>> of(String scheme) {
        return of(scheme, Map.of());
    }

    /**
     * The layers of probes; empty after an error.
     *
     * @param switched what a check says of the layers that it may switch, by field
     */
    Optional<List<UpstreamLayer>> of(String scheme, Map<String, Boolean> switched) {
        List<Optional<UpstreamLayer>> stack = new ArrayList<>();
        for (Offer<UpstreamProtocol<Record>> offer : catalog.all(Kinds.UPSTREAM)) {
            boolean on = probeSwitch(offer).map(switched::get).orElseGet(() -> binding.isSwitchedOn(offer.extension()));
            if (on && !offer.name().equals(scheme)) {
                stack.add(layer(offer));
            }
        }
        catalog.find(Kinds.UPSTREAM, scheme).ifPresent(offer -> stack.add(layer(offer)));
        return stack.isEmpty() || stack.contains(Optional.<UpstreamLayer>empty()) ? Optional.empty()
                : Optional.of(stack.stream().map(Optional::get).toList());
    }

    /** Whether any layer can be switched by this field of a check. */
    boolean isProbeSwitch(String field) {
        return catalog.all(Kinds.UPSTREAM).stream().anyMatch(offer -> probeSwitch(offer).filter(field::equals).isPresent());
    }

    private static Optional<String> probeSwitch(Offer<UpstreamProtocol<Record>> offer) {
        return offer.extension().fields().stream().filter(field -> field.role() == Role.PROBE_SWITCH)
                .map(ConfigField::path).findFirst();
    }

    private Optional<UpstreamLayer> layer(Offer<UpstreamProtocol<Record>> offer) {
        Optional<UpstreamLayer> made = layers.get(offer.name());
        if (made == null) {
            made = binding.bind(offer).map(bound -> {
                generations.add(offer.generation());
                return problems.guarded(bound, findings -> bound.extension().layer(bound.config(), info, findings));
            });
            layers.put(offer.name(), made);
        }
        return made;
    }
}
