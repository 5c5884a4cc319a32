package io.sluice.kernel.plan;

import io.sluice.kernel.config.Bound;
import io.sluice.kernel.config.Definition;
import io.sluice.kernel.config.DefinitionBinder;
import io.sluice.kernel.config.MaterialReader;
import io.sluice.kernel.json.JsonValue.JsonArray;
import io.sluice.kernel.json.JsonValue.JsonObject;
import io.sluice.kernel.json.JsonValue.JsonString;
import io.sluice.kernel.json.JsonValue.Member;
import io.sluice.kernel.json.JsonValue;
import io.sluice.kernel.plugin.Generation;
import io.sluice.kernel.problem.Place;
import io.sluice.kernel.problem.Problem;
import io.sluice.spi.connection.ServiceInfo;
import io.sluice.spi.connection.TargetAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A check that belongs to no service: one entry of {@code check_list}, to be tried before it is saved.
 *
 * @param address     what it asks; empty after an error
 * @param check       how; empty after an error
 * @param generations the plugins that it runs through
 * @param problems    what is wrong or doubtful
 */
public record LooseCheck(Optional<TargetAddress> address, Optional<CheckPlan> check, Set<Generation> generations,
        List<Problem> problems) {

    private static final String ID = "conversation";

    /** Compiles one. */
    public static LooseCheck of(JsonObject entry, PlanInput input) {
        JsonObject definition = around(entry);
        ProblemList problems = new ProblemList("");
        Bound<Definition> bound = DefinitionBinder.bind(definition, ID, List.of(), problems::add);
        ServiceInfo info = new ServiceInfo(ID, ID, "", "127.0.0.1", 1);
        ExtensionBinding binding = new ExtensionBinding(definition, input.settings().source(),
                new MaterialReader(input.materials(), input.settings().certificatesPath()), problems::add);
        Set<Generation> generations = new HashSet<>();
        UpstreamStacks stacks = new UpstreamStacks(input.catalog(), binding, info, generations, problems);
        List<TargetPlan> targets = new TargetList(input.catalog(), stacks, bound.value(), problems).compile(false);
        Checks checks = new CheckList(new CheckList.Ground(input.catalog(), stacks, targets, generations), bound.value(),
                input.settings(), problems).compile(targets.stream().map(TargetPlan::scheme).collect(Collectors.toSet()));
        List<Problem> found = problems.all().stream().distinct().toList();
        if (!bound.valid() || problems.hasErrors() || targets.isEmpty()) {
            return new LooseCheck(Optional.empty(), Optional.empty(), Set.of(), found);
        }
        return new LooseCheck(Optional.of(targets.get(0).address()), checks.of(targets.get(0)).stream().findFirst(),
                generations, found);
    }

    /** The entry as the only one of a definition, whose target is what it asks. */
    private static JsonObject around(JsonObject entry) {
        JsonValue url = entry.get("url");
        return object(Map.of("name", text(ID),
                "proxy", object(Map.of("target_url", url == null ? text("") : url)),
                "uptime_tests", object(Map.of("check_list", new JsonArray(entry.place(), List.of(entry))))));
    }

    private static JsonString text(String text) {
        return new JsonString(Place.NONE, text, text);
    }

    private static JsonObject object(Map<String, JsonValue> members) {
        return new JsonObject(Place.NONE, members.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey,
                member -> new Member(member.getValue().place(), member.getValue()))));
    }
}
