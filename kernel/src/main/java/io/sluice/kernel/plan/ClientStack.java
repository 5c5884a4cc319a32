package io.sluice.kernel.plan;

import io.sluice.kernel.config.Definition;
import io.sluice.kernel.config.ExtensionRef;
import io.sluice.kernel.config.NearestName;
import io.sluice.kernel.json.JsonValue;
import io.sluice.kernel.plugin.ExtensionCatalog;
import io.sluice.kernel.plugin.Offer;
import io.sluice.spi.config.ConfigField;
import io.sluice.spi.connection.ServiceInfo;
import io.sluice.spi.protocol.AddressTrust;
import io.sluice.spi.protocol.ClientProtocol;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The client-side layers of one service, outermost first: switched on by fields, listed, and last its protocol. */
final class ClientStack {

    private static final Set<String> HTTP = Set.of("http", "https", "h2c");

    private static final ClientSide NOTHING = new ClientSide(List.of(), List.of(), AddressTrust.SOCKET);

    private final ExtensionCatalog catalog;
    private final ExtensionBinding binding;
    private final Definition definition;
    private final ServiceInfo info;
    private final ProblemList problems;
    private final List<BoundExtension<ClientProtocol<Record, Object>>> stack = new ArrayList<>();

    ClientStack(ExtensionCatalog catalog, ExtensionBinding binding, Definition definition, ServiceInfo info,
            ProblemList problems) {
        this.catalog = catalog;
        this.binding = binding;
        this.definition = definition;
        this.info = info;
        this.problems = problems;
    }

    /** The layers; none if there is no usable protocol. */
    ClientSide compile() {
        var extensions = new NamedExtensions<>(catalog, Kinds.CLIENT, binding, problems);
        ExtensionRef protocol = definition.protocol();
        extensions.collect(definition.layers(), "layers").stream()
                .filter(layer -> protocol == null || !layer.offer().name().equals(protocol.name()))
                .forEach(stack::add);
        JsonValue written = ExtensionBinding.at(definition.source(), "protocol").orElse(null);
        if (protocol != null && protocol.isPlaceholder()) {
            problems.error("placeholder", protocol.place(), "protocol: \"" + protocol.name() + "\" is a placeholder (expected: one of "
                    + endings() + ")", "write one of these names");
            return NOTHING;
        }
        if (protocol == null && written != null) {
            // the binder has said what is wrong with it
            return NOTHING;
        }
        if (protocol == null) {
            problems.errorAt(definition.source(), "protocol", "protocol_missing",
                    "protocol is missing (expected: one of " + endings() + ")", "add \"protocol\" with one of these names");
            return NOTHING;
        }
        if (HTTP.contains(protocol.name()) && catalog.find(Kinds.CLIENT, protocol.name()).isEmpty()) {
            problems.error("protocol_http", protocol.place(),
                    "protocol: \"" + protocol.name() + "\" (expected: one of " + endings() + ")",
                    "this gateway works below HTTP: use tcp or tls");
            return NOTHING;
        }
        var last = catalog.find(Kinds.CLIENT, protocol.name()).filter(offer -> offer.extension().canEndStack());
        if (last.isEmpty()) {
            problems.error("unknown_protocol", protocol.place(),
                    "protocol: \"" + protocol.name() + "\" is not installed (installed: " + endings() + ")",
                    NearestName.hint(protocol.name(), endingNames(), protocol.name().equals("udp")
                            ? "this gateway forwards TCP only" : "correct the name, or drop the plugin that has it into plugins/"));
            return NOTHING;
        }
        var bound = binding.bind(last.get(), protocol);
        bound.ifPresent(stack::add);
        List<CompiledLayer> layers = new ArrayList<>();
        List<String> alpn = new ArrayList<>();
        for (var layer : stack) {
            layers.add(new CompiledLayer(layer.offer(), prepare(layer, alpn)));
        }
        checkUnused();
        if (bound.isPresent() && !tellsServerName() && !info.domain().isEmpty()) {
            problems.warningAt(definition.source(), "domain", "domain_without_effect",
                    "domain: \"" + info.domain() + "\" has no effect, because " + protocol.name()
                            + " clients give no server name",
                    "remove it, or use a protocol that knows server names");
        }
        return new ClientSide(layers, alpn, trust());
    }

    private void checkUnused() {
        Set<Object> used = stack.stream().map(BoundExtension::extension).collect(Collectors.toSet());
        Set<String> claims = Kinds.configured(catalog)
                .filter(offer -> used.contains(offer.extension()) || !(offer.extension() instanceof ClientProtocol<?, ?>))
                .flatMap(offer -> offer.extension().fields().stream()).map(ConfigField::path).collect(Collectors.toSet());
        binding.checkUnused(Kinds.configured(catalog).filter(offer -> offer.extension() instanceof ClientProtocol<?, ?> protocol
                && protocol.canEndStack() && !used.contains(protocol)
                && !definition.protocol().name().equals(offer.name())), claims);
    }

    private Object prepare(BoundExtension<ClientProtocol<Record, Object>> layer, List<String> alpn) {
        return problems.guarded(layer, findings -> {
            Object prepared = layer.extension().prepare(layer.config(), info, findings);
            if (prepared != null) {
                alpn.addAll(layer.extension().alpn(prepared));
            }
            return prepared;
        });
    }

    /** Whether one of the layers learns the server name. */
    boolean tellsServerName() {
        return stack.stream().anyMatch(layer -> layer.extension().tellsServerName());
    }

    /** The layers that act before the service is known. */
    List<Claim.Shared> shared() {
        return stack.stream().filter(layer -> layer.extension().sharedByListener())
                .map(layer -> new Claim.Shared(layer.offer().name(), layer.config())).toList();
    }

    /** Whose word the layers take for the client's address: the least trustworthy one counts. */
    AddressTrust trust() {
        return stack.stream().map(layer -> layer.extension().addressTrust(layer.config()))
                .max(Enum::compareTo).orElse(AddressTrust.SOCKET);
    }

    /** The names of the layers that let anyone claim any address. */
    String takesAnyonesWord() {
        return Kinds.names(stack.stream()
                .filter(layer -> layer.extension().addressTrust(layer.config()) == AddressTrust.ANY_SENDER)
                .map(layer -> layer.offer().name()).toList());
    }

    private String endings() {
        return Kinds.names(endingNames());
    }

    private List<String> endingNames() {
        return catalog.all(Kinds.CLIENT).stream().filter(offer -> offer.extension().canEndStack()).map(Offer::name).toList();
    }
}
