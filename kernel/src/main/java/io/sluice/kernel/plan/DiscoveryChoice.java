package io.sluice.kernel.plan;

import io.sluice.kernel.config.ExtensionRef;
import io.sluice.kernel.config.RecordBinder;
import io.sluice.kernel.json.JsonValue.JsonBoolean;
import io.sluice.kernel.json.JsonValue.JsonObject;
import io.sluice.kernel.json.JsonValue.JsonString;
import io.sluice.kernel.json.JsonValue.Member;
import io.sluice.kernel.plugin.ExtensionCatalog;
import io.sluice.kernel.plugin.Offer;
import io.sluice.spi.connection.ServiceInfo;
import io.sluice.spi.discovery.PreparedDiscovery;
import io.sluice.spi.discovery.TargetDiscovery;
import io.sluice.spi.protocol.UpstreamLayer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code proxy.service_discovery} of one service: the extension that it names, or the default one if it is switched on. */
final class DiscoveryChoice {

    private static final String FIELD = "proxy.service_discovery";
    private static final String SWITCH = "use_discovery_service";

    private final ExtensionCatalog catalog;
    private final ExtensionBinding binding;
    private final JsonObject definition;
    private final ServiceInfo info;
    private final ProblemList problems;
    private boolean wanted;

    DiscoveryChoice(ExtensionCatalog catalog, ExtensionBinding binding, JsonObject definition, ServiceInfo info,
            ProblemList problems) {
        this.catalog = catalog;
        this.binding = binding;
        this.definition = definition;
        this.info = info;
        this.problems = problems;
    }

    /** What is chosen; empty if there is no discovery, or after an error. */
    Optional<BoundExtension<TargetDiscovery<Record>>> choose() {
        if (!(ExtensionBinding.at(definition, FIELD).orElse(null) instanceof JsonObject written)) {
            return Optional.empty();
        }
        if (written.get(SWITCH) != null) {
            RecordBinder.checkBoolean(written.get(SWITCH), FIELD + "." + SWITCH, problems::add);
        }
        boolean off = written.get(SWITCH) instanceof JsonBoolean b && !b.value();
        if (off) {
            return Optional.empty();
        }
        if (written.get("name") instanceof JsonString name && (!name.text().isEmpty() || written.get(SWITCH) == null)) {
            Map<String, Member> own = new LinkedHashMap<>(written.members());
            own.remove("name");
            own.remove(SWITCH);
            wanted = true;
            ExtensionRef ref = new ExtensionRef(name.text(), new JsonObject(written.place(), own), name.place());
            return new NamedExtensions<>(catalog, Kinds.DISCOVERY, binding, problems).named(ref, FIELD)
                    .flatMap(offer -> binding.bind(offer, ref));
        }
        return byDefault(written);
    }

    private Optional<BoundExtension<TargetDiscovery<Record>>> byDefault(JsonObject written) {
        Optional<Offer<TargetDiscovery<Record>>> offer = Kinds.byDefault(catalog, Kinds.DISCOVERY);
        wanted = written.get(SWITCH) instanceof JsonBoolean on && on.value();
        if (offer.isEmpty() && wanted) {
            problems.error("no_discovery", written.place(), FIELD + " is on, but no installed plugin understands it"
                    + " (installed: " + Kinds.installed(catalog, Kinds.DISCOVERY) + ")",
                    "put the plugin back into plugins/, or list the targets in proxy.target_list");
        }
        if (offer.isPresent() && !binding.isSwitchedOn(offer.get().extension())) {
            if (written.get(SWITCH) == null && !written.members().isEmpty()) {
                problems.warning("no_effect", written.place(), FIELD + " has no effect (expected: together with "
                        + SWITCH + ", or with a name)", "add \"" + SWITCH + "\": true, or \"name\": one of "
                        + Kinds.installed(catalog, Kinds.DISCOVERY));
            }
            return Optional.empty();
        }
        wanted |= offer.isPresent();
        return offer.flatMap(binding::bind);
    }

    /** Whether one is asked for: then targets need not be listed, even if the problems say why it cannot be had. */
    boolean isWanted() {
        return wanted;
    }

    /**
     * Prepares what was chosen.
     *
     * @param scheme of targets that are found without one
     * @param quiet  makes layers without saying what is wrong with them: nobody may ever need them
     * @return empty after an error
     */
    Optional<DiscoveryPlan> prepare(BoundExtension<TargetDiscovery<Record>> chosen, String scheme, UpstreamStacks quiet) {
        PreparedDiscovery prepared = problems.guarded(chosen, findings ->
                chosen.extension().prepare(chosen.config(), info, findings));
        Map<String, List<UpstreamLayer>> stacks = new HashMap<>();
        catalog.all(Kinds.UPSTREAM).forEach(offer ->
                quiet.of(offer.name()).ifPresent(layers -> stacks.put(offer.name(), layers)));
        return Optional.ofNullable(prepared).map(discovery -> new DiscoveryPlan(discovery, scheme, stacks,
                ExtensionBinding.at(definition, FIELD).orElse(definition)));
    }
}
