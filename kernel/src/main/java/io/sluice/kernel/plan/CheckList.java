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
import io.sluice.kernel.json.JsonValue.JsonObject;
import io.sluice.kernel.json.JsonValue.JsonString;
import io.sluice.kernel.json.JsonValue.Member;
import io.sluice.kernel.plugin.ExtensionCatalog;
import io.sluice.kernel.plugin.Generation;
import io.sluice.spi.connection.TargetAddress;
import io.sluice.spi.health.HealthCommand;
import io.sluice.spi.health.PreparedCommand;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The health checks of one service. */
final class CheckList {

    private static final Duration LONGEST_DEFAULT_TIMEOUT = Duration.ofSeconds(5);

    private final ExtensionCatalog catalog;
    private final Definition definition;
    private final Settings settings;
    private final List<TargetPlan> targets;
    private final Set<Generation> generations;
    private final ProblemList problems;

    CheckList(ExtensionCatalog catalog, Definition definition, Settings settings, List<TargetPlan> targets,
            Set<Generation> generations, ProblemList problems) {
        this.catalog = catalog;
        this.definition = definition;
        this.settings = settings;
        this.targets = targets;
        this.generations = generations;
        this.problems = problems;
    }

    /** The checks; commands are validated even when checks are off. */
    List<CheckPlan> compile() {
        UptimeTests tests = definition.uptimeTests();
        JsonValue source = ServiceCompiler.fieldOr(definition.source(), "uptime_tests.check_list");
        List<CheckPlan> checks = new ArrayList<>();
        for (int i = 0; i < tests.checkList().size(); i++) {
            JsonValue place = source instanceof JsonArray array && i < array.elements().size()
                    ? array.elements().get(i) : source;
            check(tests.checkList().get(i), "check_list[" + i + "]", place).ifPresent(checks::add);
        }
        if (tests.defaultCheck() != null) {
            var check = RecordBinder.bind(tests.defaultCheck(), UptimeTests.Check.class, "uptime_tests.default_check",
                    problems::add);
            if (check.value() != null) {
                commands(check.value().commands());
                rules(check.value(), tests.defaultCheck());
            }
        }
        if (definition.checkHostAgainstUptimeTests() && !tests.disabled() && !checks.isEmpty()) {
            problems.warningAt(definition.source(), "check_host_against_uptime_tests", "checks_not_run",
                    "check_host_against_uptime_tests: health checks are validated, but this version does not run them",
                    "all targets count as usable");
        }
        return tests.disabled() || settings.uptimeTests().disable() ? List.of() : checks;
    }

    private Optional<CheckPlan> check(UptimeTests.Check check, String field, JsonValue place) {
        TargetUrl parsed = TargetUrl.parse(check.url() == null ? "" : check.url());
        List<CheckPlan.Command> commands = commands(check.commands());
        CheckPlan.Rules rules = rules(check, place);
        if (parsed instanceof TargetUrl.Bad bad) {
            problems.error("check_url", place.place(), field + ".url: " + bad.message(), bad.hint());
            return Optional.empty();
        }
        TargetUrl.Good url = (TargetUrl.Good) parsed;
        TargetAddress address = new TargetAddress(url.host(), url.port());
        Optional<TargetPlan> target = targets.stream().filter(t -> t.address().equals(address)).findFirst();
        if (target.isEmpty() && !targets.isEmpty()) {
            problems.warning("check_without_target", place.place(),
                    field + ".url: " + address + " is no target of this service (expected: one of "
                            + Kinds.names(targets.stream().map(TargetPlan::id).toList()) + ")",
                    "a check belongs to the target with the same host and port");
        }
        return target.map(t -> new CheckPlan(t.id(), commands, rules));
    }

    private List<CheckPlan.Command> commands(JsonArray written) {
        List<CheckPlan.Command> commands = new ArrayList<>();
        for (JsonValue value : written == null ? List.<JsonValue>of() : written.elements()) {
            if (value instanceof JsonObject object && object.get("name") instanceof JsonString name) {
                command(object, name).ifPresent(commands::add);
            } else {
                problems.error("command", value.place(),
                        "an entry of commands is not an object with a name (expected: { \"name\": … })",
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
        Duration limit = timeout == null ? Duration.ZERO
                : RecordBinder.probeTimeout(timeout.value(), "timeout", problems::add).orElse(Duration.ZERO);
        return Optional.ofNullable(prepared).map(p -> new CheckPlan.Command(name.text(), p, limit));
    }

    private CheckPlan.Rules rules(UptimeTests.Check check, JsonValue place) {
        UptimeTests.Config own = definition.uptimeTests().config();
        Settings.UptimeTests.Config all = settings.uptimeTests().config();
        Duration interval = first(check.interval(), check.timeWait(), own.interval(), own.timeWait(), all.timeWait());
        Duration unhealthy = first(check.unhealthyInterval(), own.unhealthyInterval(), interval);
        Duration shortest = interval.compareTo(LONGEST_DEFAULT_TIMEOUT) < 0 ? interval : LONGEST_DEFAULT_TIMEOUT;
        Duration timeout = first(check.timeout(), own.timeout(), shortest);
        if (timeout.compareTo(interval) > 0) {
            problems.error("check_timeout", place.place(), "timeout: " + timeout.toMillis()
                    + " ms (expected: at most the interval, " + interval.toMillis() + " ms)",
                    "raise the interval or lower the timeout");
        }
        int rise = firstSet(check.rise(), own.rise(), 1);
        int fall = firstSet(check.fall(), own.fall(), own.failureTriggerSampleSize(), all.failureTriggerSampleSize());
        return new CheckPlan.Rules(interval, unhealthy, timeout, rise, fall);
    }

    private static Duration first(Duration... values) {
        for (Duration value : values) {
            if (value != null && !value.isZero()) {
                return value;
            }
        }
        return Duration.ofSeconds(10);
    }

    private static int firstSet(int... values) {
        for (int value : values) {
            if (value > 0) {
                return value;
            }
        }
        return 1;
    }
}
