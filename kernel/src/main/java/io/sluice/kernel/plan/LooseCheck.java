package io.sluice.kernel.plan;

import io.sluice.kernel.config.Definition;
import io.sluice.kernel.config.Definition.UptimeTests;
import io.sluice.kernel.config.DefinitionBinder;
import io.sluice.kernel.config.MaterialReader;
import io.sluice.kernel.config.RecordBinder;
import io.sluice.kernel.json.JsonValue.JsonObject;
import io.sluice.kernel.plugin.Generation;
import io.sluice.kernel.plugin.Offer;
import io.sluice.kernel.problem.Problem;
import io.sluice.spi.connection.ServiceInfo;
import io.sluice.spi.connection.TargetAddress;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A check that belongs to no service: one entry of {@code check_list}, to be tried before it is saved. Compiled by the
 * same rules, also where probing is switched off.
 *
 * @param address     what it asks; empty after an error
 * @param check       how; empty after an error
 * @param generations the plugins that it runs through
 * @param problems    what is wrong or doubtful
 */
public record LooseCheck(Optional<TargetAddress> address, Optional<CheckPlan> check, Set<Generation> generations,
        List<Problem> problems) {

    private static final String ID = "conversation";
    private static final Duration USUAL_INTERVAL = Duration.ofSeconds(10);
    /** Somebody waits for the answer. */
    private static final Duration LONGEST = Duration.ofSeconds(60);

    /** Compiles one. */
    public static LooseCheck of(JsonObject entry, PlanInput input) {
        ProblemList problems = new ProblemList("");
        UptimeTests.Check check = RecordBinder.bind(entry, UptimeTests.Check.class, "check", problems::add).value();
        if (check != null && check.timeout() != null && check.timeout().compareTo(LONGEST) > 0) {
            problems.errorAt(entry, "timeout", "value", "timeout: " + check.timeout().toSeconds()
                    + "s (expected: at most " + LONGEST.toSeconds() + "s where one conversation is tried)",
                    "whoever asks waits for the answer; a check in a definition may take longer");
        }
        Set<Generation> generations = new HashSet<>();
        Optional<Checks.Entry> compiled = check == null ? Optional.empty()
                : compile(withoutInterval(check), entry, input, generations, problems);
        if (problems.hasErrors() || compiled.isEmpty()) {
            return new LooseCheck(Optional.empty(), Optional.empty(), Set.of(), problems.all());
        }
        return new LooseCheck(Optional.of(compiled.get().address()), Optional.of(compiled.get().alone()),
                Set.copyOf(generations), problems.all());
    }

    private static Optional<Checks.Entry> compile(UptimeTests.Check check, JsonObject entry, PlanInput input,
            Set<Generation> generations, ProblemList problems) {
        Definition nothing = DefinitionBinder.bind(new JsonObject(entry.place(), Map.of()), ID, List.of(), unheard -> { })
                .value();
        MaterialReader files = new MaterialReader(input.materials(), input.settings().certificatesPath());
        UpstreamStacks stacks = new UpstreamStacks(input.catalog(),
                new ExtensionBinding(nothing.source(), input.settings().source(), files, problems::add),
                new ServiceInfo(ID, ID, "", "127.0.0.1", 1), generations, problems);
        return new CheckList(new CheckList.Ground(input.catalog(), stacks, List.of(), generations), nothing,
                input.settings(), problems).single(check, entry,
                stacks.protocol("").map(Offer::name).map(Set::of).orElse(Set.of()));
    }

    /** What is asked once has no interval that its timeout could exceed. */
    private static UptimeTests.Check withoutInterval(UptimeTests.Check check) {
        Duration interval = check.timeout() == null || check.timeout().compareTo(USUAL_INTERVAL) < 0 ? USUAL_INTERVAL
                : check.timeout();
        return new UptimeTests.Check(check.url(), check.commands(), check.enableProxyProtocol(), check.timeout(), interval,
                interval, interval, 1, 1, check.source());
    }
}
