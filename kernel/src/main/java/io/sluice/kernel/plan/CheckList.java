package io.sluice.kernel.plan;

import io.sluice.kernel.config.Definition;
import io.sluice.kernel.config.Definition.UptimeTests;
import io.sluice.kernel.config.ExtensionRef;
import io.sluice.kernel.config.Materials;
import io.sluice.kernel.config.RecordBinder;
import io.sluice.kernel.config.Settings;
import io.sluice.kernel.config.TargetUrl;
import io.sluice.kernel.json.JsonValue;
import io.sluice.kernel.json.JsonValue.JsonArray;
import io.sluice.kernel.json.JsonValue.JsonNull;
import io.sluice.kernel.json.JsonValue.JsonObject;
import io.sluice.kernel.json.JsonValue.JsonString;
import io.sluice.kernel.json.JsonValue.Member;
import io.sluice.kernel.plugin.ExtensionCatalog;
import io.sluice.kernel.plugin.Generation;
import io.sluice.spi.connection.TargetAddress;
import io.sluice.spi.health.HealthCommand;
import io.sluice.spi.health.PreparedCommand;
import io.sluice.spi.protocol.UpstreamLayer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Compiles the health checks of one service. */
final class CheckList {

    private static final Duration USUAL_INTERVAL = Duration.ofSeconds(10);
    private static final Duration LONGEST_DEFAULT_TIMEOUT = Duration.ofSeconds(5);
    private static final int USUAL_RISE = 1;
    private static final int USUAL_FALL = 3;
    private static final String HEADER_SWITCH = "enable_proxy_protocol";

    private final ExtensionCatalog catalog;
    private final UpstreamStacks stacks;
    private final Definition definition;
    private final Settings settings;
    private final List<TargetPlan> targets;
    private final Set<Generation> generations;
    private final ProblemList problems;

    /** What the checks stand on. */
    record Ground(ExtensionCatalog catalog, UpstreamStacks stacks, List<TargetPlan> targets, Set<Generation> generations) {
    }

    CheckList(Ground ground, Definition definition, Settings settings, ProblemList problems) {
        this.catalog = ground.catalog();
        this.stacks = ground.stacks();
        this.targets = ground.targets();
        this.generations = ground.generations();
        this.definition = definition;
        this.settings = settings;
        this.problems = problems;
    }

    /**
     * The checks; they are validated even when they are off.
     *
     * @param schemes the schemes that targets may have
     */
    Checks compile(Set<String> schemes) {
        UptimeTests tests = definition.uptimeTests();
        JsonValue source = ServiceCompiler.fieldOr(definition.source(), "uptime_tests.check_list");
        List<Checks.Entry> checks = new ArrayList<>();
        for (UptimeTests.Check check : tests.checkList()) {
            // entries that could not be bound are not among these, so the index is the written one's
            int index = source instanceof JsonArray array ? TargetList.indexOf(check.source(), array) : 0;
            listed(check, "check_list[" + index + "]", check.source(), schemes).ifPresent(checks::add);
        }
        Optional<Checks.Entry> byDefault = Optional.empty();
        if (tests.defaultCheck() != null) {
            var check = RecordBinder.bind(tests.defaultCheck(), UptimeTests.Check.class, "uptime_tests.default_check",
                    problems::add);
            if (check.value() != null) {
                byDefault = entry(check.value(), "default_check", tests.defaultCheck(), null, schemes);
            }
        }
        Checks all = new Checks(checks, byDefault);
        boolean off = tests.disabled() || settings.uptimeTests().disable();
        if (tests.config().singlePrimary() && !off) {
            checkSinglePrimary(all);
        }
        return off ? Checks.NONE : all;
    }

    private void checkSinglePrimary(Checks checks) {
        List<String> unchecked = targets.stream().filter(target -> checks.of(target).isEmpty()).map(TargetPlan::id).toList();
        if (!unchecked.isEmpty()) {
            problems.warningAt(definition.source(), "uptime_tests.config.single_primary", "unchecked_primary",
                    "single_primary: " + Kinds.names(unchecked) + " has no check and counts as healthy"
                            + " (expected: a check for each target)", "add an entry to check_list, or a default_check");
        }
    }

    /** One entry that belongs to no service. */
    Optional<Checks.Entry> single(UptimeTests.Check check, JsonValue place, Set<String> schemes) {
        return listed(check, "check", place, schemes);
    }

    private Optional<Checks.Entry> listed(UptimeTests.Check check, String field, JsonValue place, Set<String> schemes) {
        if (check.url() == null) {
            if (check.source().get("url") == null || check.source().get("url") instanceof JsonNull) {
                problems.error("check_url", place.place(), field + ": url is missing (expected: the host:port of a target)",
                        "add \"url\": the address of the target that it checks");
            }
            entry(check, field, place, null, Set.of());
            return Optional.empty();
        }
        TargetUrl parsed = TargetUrl.parse(check.url());
        if (parsed instanceof TargetUrl.Bad bad) {
            problems.error("check_url", ServiceCompiler.fieldOr(check.source(), "url").place(), field + ".url: " + bad.message(), bad.hint());
            entry(check, field, place, null, Set.of());
            return Optional.empty();
        }
        TargetUrl.Good url = (TargetUrl.Good) parsed;
        TargetAddress address = new TargetAddress(url.host(), url.port());
        if (targets.stream().noneMatch(t -> t.address().equals(address)) && !targets.isEmpty()
                && definition.proxy().serviceDiscovery() == null) {
            problems.warning("check_without_target", ServiceCompiler.fieldOr(check.source(), "url").place(),
                    field + ".url: " + address + " is no target of this service (expected: one of "
                            + Kinds.names(targets.stream().map(TargetPlan::id).toList()) + ")",
                    "a check belongs to the target with the same host and port");
        }
        return entry(check, field, place, url, schemes);
    }

    /** An entry without a scheme is asked in the scheme of its target. */
    private Optional<Checks.Entry> entry(UptimeTests.Check check, String field, JsonValue place, TargetUrl.Good url,
            Set<String> schemes) {
        Map<String, Boolean> switched = new HashMap<>();
        if (check.enableProxyProtocol() != null) {
            switched.put(HEADER_SWITCH, check.enableProxyProtocol());
            if (check.enableProxyProtocol() && !stacks.isProbeSwitch(HEADER_SWITCH)) {
                problems.error("no_extension", place.place(), field + "." + HEADER_SWITCH
                        + ": no installed plugin can send the header (expected: a plugin that declares this field)",
                        "put the plugin back into plugins/, or remove the field");
            }
        }
        List<CheckPlan.Command> commands = commands(check.commands());
        CheckPlan.Rules rules = rules(check, place);
        String scheme = url == null ? "" : url.scheme();
        if (!scheme.isEmpty() && stacks.protocol(scheme).isEmpty()) {
            problems.error("unknown_scheme", ServiceCompiler.fieldOr(check.source(), "url").place(), field + ".url: scheme \"" + scheme
                    + "\" is not installed (installed: " + Kinds.installed(catalog, Kinds.UPSTREAM) + ")",
                    Kinds.nearest(catalog, Kinds.UPSTREAM, scheme, scheme.startsWith("http")
                            ? "this gateway works below HTTP: write tcp:// or tls://, and perhaps the command http_get"
                            : "write one of these schemes, or none to take that of the target"));
            return Optional.empty();
        }
        Map<String, List<UpstreamLayer>> byScheme = new HashMap<>();
        (scheme.isEmpty() ? schemes : Set.of(scheme)).forEach(one ->
                stacks.of(one, switched).ifPresent(layers -> byScheme.put(one, layers)));
        CheckPlan plan = new CheckPlan(field, scheme, byScheme.getOrDefault(scheme, List.of()), commands, rules, place);
        return Optional.of(new Checks.Entry(url == null ? null : new TargetAddress(url.host(), url.port()), scheme, plan,
                byScheme));
    }

    private List<CheckPlan.Command> commands(JsonArray written) {
        List<CheckPlan.Command> commands = new ArrayList<>();
        List<JsonValue> values = written == null ? List.of() : written.elements();
        for (int i = 0; i < values.size(); i++) {
            JsonValue value = values.get(i);
            if (value instanceof JsonObject object && object.get("name") instanceof JsonString name) {
                command(object, name).ifPresent(commands::add);
            } else {
                String entry = "commands[" + i + "]";
                problems.error("command", value.place(), entry + ": " + (value instanceof JsonObject ? "an object without a name"
                        : RecordBinder.shown(entry, value)) + " (expected: { \"name\": … } with its fields)",
                        "installed commands: " + Kinds.installed(catalog, Kinds.COMMAND));
            }
        }
        return commands;
    }

    private Optional<CheckPlan.Command> command(JsonObject object, JsonString name) {
        Map<String, Member> own = new LinkedHashMap<>(object.members());
        own.remove("name");
        Member timeout = own.remove("timeout");
        ExtensionRef ref = new ExtensionRef(name.text(), new JsonObject(object.place(), own), name.place());
        ExtensionBinding binding = new ExtensionBinding(definition.source(), settings.source(), Materials.NONE,
                problems::add);
        var bound = new NamedExtensions<>(catalog, Kinds.COMMAND, binding, problems).named(ref, "command")
                .flatMap(offer -> binding.bind(offer, ref));
        if (bound.isEmpty()) {
            return Optional.empty();
        }
        BoundExtension<HealthCommand<Record>> command = bound.get();
        generations.add(command.offer().generation());
        PreparedCommand prepared = problems.guarded(command, findings ->
                command.extension().prepare(command.config(), findings));
        String expectation = prepared == null ? "" : problems.guarded(command, findings -> prepared.expectation());
        Duration limit = timeout == null ? Duration.ZERO
                : RecordBinder.probeTimeout(timeout.value(), "timeout", problems::add).orElse(Duration.ZERO);
        return Optional.ofNullable(prepared).map(p -> new CheckPlan.Command(name.text(), p, expectation, limit,
                command.offer().generation()));
    }

    private CheckPlan.Rules rules(UptimeTests.Check check, JsonValue place) {
        UptimeTests.Config own = definition.uptimeTests().config();
        Settings.UptimeTests.Config all = settings.uptimeTests().config();
        Duration interval = first(check.interval(), check.timeWait(), own.interval(), own.timeWait(), all.interval(),
                all.timeWait(), USUAL_INTERVAL);
        Duration unhealthy = first(check.unhealthyInterval(), own.unhealthyInterval(), all.unhealthyInterval(), interval);
        Duration usual = first(all.timeout(), LONGEST_DEFAULT_TIMEOUT);
        Duration timeout = first(check.timeout(), own.timeout(), interval.compareTo(usual) < 0 ? interval : usual);
        if (timeout.compareTo(interval) > 0) {
            JsonValue written = Stream.of(ExtensionBinding.at(check.source(), "timeout"),
                    ExtensionBinding.at(definition.source(), "uptime_tests.config.timeout")).flatMap(Optional::stream).findFirst().orElse(place);
            problems.error("check_timeout", written.place(), "timeout: " + timeout.toMillis()
                    + " ms (expected: at most the interval, " + interval.toMillis() + " ms)",
                    "raise the interval or lower the timeout");
        }
        int rise = firstSet(check.rise(), own.rise(), all.rise(), USUAL_RISE);
        int fall = firstSet(check.fall(), own.fall(), own.failureTriggerSampleSize(), all.fall(),
                all.failureTriggerSampleSize(), USUAL_FALL);
        return new CheckPlan.Rules(interval, unhealthy, timeout, rise, fall);
    }

    private static Duration first(Duration... values) {
        return Stream.of(values).filter(value -> value != null && !value.isZero()).findFirst().orElseThrow();
    }

    private static int firstSet(Integer... values) {
        return Stream.of(values).filter(value -> value != null && value > 0).findFirst().orElseThrow();
    }
}
