package io.sluice.kernel.plan;

import io.sluice.kernel.config.Definition;
import io.sluice.kernel.config.Definition.OnTargetDown;
import io.sluice.kernel.config.ExtensionRef;
import io.sluice.kernel.config.IpLiteral;
import io.sluice.kernel.config.MaterialReader;
import io.sluice.kernel.config.Settings;
import io.sluice.kernel.json.JsonValue.JsonObject;
import io.sluice.kernel.json.JsonValue;
import io.sluice.kernel.plugin.ExtensionCatalog;
import io.sluice.kernel.plugin.Generation;
import io.sluice.kernel.plugin.Offer;
import io.sluice.kernel.problem.Problem;
import io.sluice.spi.access.AccessPolicy;
import io.sluice.spi.balancer.BalancerFactory;
import io.sluice.spi.connection.ServiceInfo;
import io.sluice.spi.protocol.AddressTrust;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Turns one bound definition into a service, or into the reasons why it cannot be one. */
final class ServiceCompiler {

    private static final Pattern DOMAIN = Pattern.compile(
            "(\\*\\.)?[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?(\\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)*");

    private final ExtensionCatalog catalog;
    private final Settings settings;
    private final ServiceKey.Defaults defaults;

    ServiceCompiler(ExtensionCatalog catalog, Settings settings) {
        this.catalog = catalog;
        this.settings = settings;
        this.defaults = ServiceKey.Defaults.of(settings, catalog);
    }

    ServiceKey.Defaults defaults() {
        return defaults;
    }

    /**
     * Compiles one definition.
     *
     * @param definition bound without errors of its own
     * @param raw        what it was bound from
     * @param files      finds the materials that it refers to
     * @param problems   takes everything that is found; an error among it means that the answer is empty
     */
    Optional<CompiledService> compile(Definition definition, RawService raw, MaterialReader files,
            ProblemList problems) {
        JsonObject source = definition.source();
        Optional<InetAddress> bind = listenAddress(definition, problems);
        String domain = domain(definition, problems);
        ServiceInfo info = new ServiceInfo(definition.apiId(), definition.name(), domain,
                bind.map(IpLiteral::text).orElse(settings.listenAddress()), definition.listenPort());
        if (ExtensionBinding.at(source, "listen_port").isEmpty()) {
            problems.errorAt(source, "listen_port", "listen_port_missing", "listen_port is missing (expected: 1 to 65535)",
                    "add \"listen_port\": the port that clients connect to");
        }
        ExtensionBinding binding = new ExtensionBinding(source, settings.source(), files, problems::add);
        binding.checkSwitches(Kinds.configured(catalog),
                Stream.concat(definition.layers().stream(), definition.access().stream()).map(ExtensionRef::name)
                        .collect(Collectors.toSet()));
        Set<Generation> generations = new HashSet<>();
        ClientStack stack = new ClientStack(catalog, binding, definition, info, problems);
        ClientSide client = stack.compile();
        List<AccessPolicy> access = access(definition, binding, info, stack, generations, problems);
        UpstreamStacks stacks = new UpstreamStacks(catalog, binding, info, generations, problems);
        DiscoveryChoice discoveries = new DiscoveryChoice(catalog, binding, source, info, problems);
        var chosenDiscovery = discoveries.choose();
        List<TargetPlan> targets = new TargetList(catalog, stacks, definition, problems).compile(discoveries.isWanted());
        Set<String> schemes = targets.stream().map(TargetPlan::scheme).collect(Collectors.toCollection(HashSet::new));
        Optional<DiscoveryPlan> discovery = chosenDiscovery.flatMap(bound -> {
            generations.add(bound.offer().generation());
            return discoveries.prepare(bound, schemeOf(targets, stacks), quiet(definition, info, files, generations));
        });
        discovery.ifPresent(plan -> schemes.addAll(plan.stacks().keySet()));
        Optional<BoundExtension<BalancerFactory<Record>>> balancer = balancer(definition, binding, problems);
        balancer.ifPresent(bound -> problems.guarded(bound, findings -> bound.extension().create(bound.config(), info)));
        ConnectionRules rules = rules(definition);
        Checks checks = new CheckList(new CheckList.Ground(catalog, stacks, targets, generations), definition, settings,
                problems).compile(schemes);
        if (problems.hasErrors() || client.layers().isEmpty() || targets.isEmpty() && discovery.isEmpty()
                || balancer.isEmpty() || bind.isEmpty()) {
            return Optional.empty();
        }
        BoundExtension<BalancerFactory<Record>> chosen = balancer.get();
        generations.add(chosen.offer().generation());
        ServicePlan plan = new ServicePlan(info, definition, files.files().keySet(), client, access,
                new ServicePlan.Origins(targets, discovery), new ServicePlan.Balancing("balancer " + chosen.offer().name() + " of plugin " + chosen.offer().generation().plugin(),
                        () -> chosen.extension().create(chosen.config(), info)), rules,
                new ServicePlan.HealthRules(checks, steering(definition, checks)), generations);
        Set<Generation> all = new HashSet<>(generations);
        client.layers().forEach(layer -> all.add(layer.offer().generation()));
        Claim claim = new Claim(info, raw.file(), bind.get(), definition.protocol().name(), stack.tellsServerName(),
                client.alpn(), stack.shared());
        ServiceKey key = new ServiceKey(raw.json(), raw.file(), files.files(), defaults, Set.copyOf(all));
        return Optional.of(new CompiledService(key, claim, plan, problems.all()));
    }

    /** What is found without a scheme is reached as what is listed. */
    private static String schemeOf(List<TargetPlan> targets, UpstreamStacks stacks) {
        return targets.isEmpty() ? stacks.protocol("").map(Offer::name).orElse("") : targets.get(0).scheme();
    }

    /** Makes layers that perhaps nobody will need: what is wrong with them is no problem yet. */
    private UpstreamStacks quiet(Definition definition, ServiceInfo info, MaterialReader files,
            Set<Generation> generations) {
        ProblemList unheard = new ProblemList(info.id());
        return new UpstreamStacks(catalog, new ExtensionBinding(definition.source(), settings.source(), files, unheard::add),
                info, generations, unheard);
    }

    private Optional<InetAddress> listenAddress(Definition definition, ProblemList problems) {
        String text = definition.listenAddress() == null || definition.listenAddress().isEmpty()
                ? settings.listenAddress() : definition.listenAddress();
        Optional<InetAddress> address = IpLiteral.parse(text);
        if (address.isEmpty()) {
            problems.errorAt(definition.source(), "listen_address", "listen_address",
                    "listen_address: \"" + text + "\" (expected: an IP address of this machine, 0.0.0.0 or ::)",
                    "names are not resolved here: a listener must not depend on a name service");
        }
        return address;
    }

    private static String domain(Definition definition, ProblemList problems) {
        if (definition.domain() == null || definition.domainDisabled()) {
            return "";
        }
        String domain = definition.domain().toLowerCase(Locale.ROOT);
        if (domain.endsWith(".")) {
            domain = domain.substring(0, domain.length() - 1);
        }
        if (!domain.isEmpty() && (domain.length() > 253 || !DOMAIN.matcher(domain).matches())) {
            problems.errorAt(definition.source(), "domain", "domain",
                    "domain: \"" + definition.domain() + "\" (expected: a host name, or *. and a host name)",
                    "a wildcard stands for exactly one label; international names are written in their xn-- form");
        }
        return domain;
    }

    private List<AccessPolicy> access(Definition definition, ExtensionBinding binding, ServiceInfo info,
            ClientStack stack, Set<Generation> generations, ProblemList problems) {
        List<AccessPolicy> policies = new ArrayList<>();
        for (var bound : new NamedExtensions<>(catalog, Kinds.ACCESS, binding, problems)
                .collect(definition.access(), "access")) {
            AccessPolicy policy = problems.guarded(bound, findings ->
                    bound.extension().create(bound.config(), info, findings));
            if (bound.extension().decidesByAddress() && stack.trust() == AddressTrust.ANY_SENDER) {
                problems.error("access_by_claimed_address", bound.origin().place(),
                        bound.offer().name() + " decides by the client's address, but " + stack.takesAnyonesWord()
                                + " lets anyone claim any address (expected: a list of trusted senders)",
                        "list the proxies in front under \"trusted\" of " + stack.takesAnyonesWord());
            }
            if (policy != null) {
                policies.add(policy);
                generations.add(bound.offer().generation());
            }
        }
        return policies;
    }

    private Optional<BoundExtension<BalancerFactory<Record>>> balancer(Definition definition,
            ExtensionBinding binding, ProblemList problems) {
        var ref = definition.proxy().balancer();
        if (ref != null) {
            return new NamedExtensions<>(catalog, Kinds.BALANCER, binding, problems).named(ref, "proxy.balancer")
                    .flatMap(offer -> binding.bind(offer, ref));
        }
        var byDefault = Kinds.byDefault(catalog, Kinds.BALANCER);
        if (byDefault.isEmpty()) {
            problems.error("no_balancer", definition.source().place(), "no balancer is installed (expected: at least one)",
                    "put a balancer's jar into plugins/");
        }
        return byDefault.flatMap(binding::bind);
    }

    private ConnectionRules rules(Definition definition) {
        Definition.Timeouts own = definition.proxy().timeouts();
        Settings.Timeouts all = settings.timeouts();
        return new ConnectionRules(
                or(own.connect(), all.connect()),
                or(own.handshake(), all.handshake()),
                or(own.idle(), all.idle()),
                or(own.halfClosed(), all.halfClosed()),
                or(own.maxLifetime(), all.maxLifetime()),
                definition.proxy().retries() + 1,
                definition.limits());
    }

    private SteeringRules steering(Definition definition, Checks checks) {
        Definition.Proxy proxy = definition.proxy();
        return new SteeringRules(definition.checkHostAgainstUptimeTests() && !checks.isEmpty(),
                definition.uptimeTests().config().singlePrimary(), proxy.onAllDown(),
                proxy.onTargetDown() == null ? OnTargetDown.CLOSE : proxy.onTargetDown(), proxy.slowStart(),
                or(proxy.timeouts().drain(), settings.timeouts().drain()));
    }

    private static Duration or(Duration own, Duration fallback) {
        return own == null ? fallback : own;
    }

    /** The value of a field of the definition, or the definition itself, for the place of a problem. */
    static JsonValue fieldOr(JsonObject source, String path) {
        return ExtensionBinding.at(source, path).orElse(source);
    }
}
