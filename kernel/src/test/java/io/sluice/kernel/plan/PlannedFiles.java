package io.sluice.kernel.plan;

import io.sluice.kernel.config.MaterialFolder;
import io.sluice.kernel.config.Settings;
import io.sluice.kernel.config.SettingsReader;
import io.sluice.kernel.json.BadJson;
import io.sluice.kernel.json.JsonReader;
import io.sluice.kernel.json.JsonValue.JsonObject;
import io.sluice.kernel.plugin.ExtensionCatalog;
import io.sluice.kernel.problem.Problem;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Definitions in files that exist on paper only, planned one time after the other. */
abstract class PlannedFiles {

    final Map<String, String> files = new LinkedHashMap<>();
    final Set<String> unreadable = new java.util.HashSet<>();
    String settings = "{ \"disable_ports_whitelist\": true }";
    ExtensionCatalog catalog = Fakes.usual();
    private PlanResult before;

    Plan plan() {
        before = result();
        return before.plan();
    }

    PlanResult result() {
        return Planner.plan(input(Map.of()), before);
    }

    PlanInput input(Map<ListenAddress, String> reserved) {
        List<Problem> problems = new ArrayList<>();
        Settings read = SettingsReader.read(parse("sluice.json", settings), problems::add).value();
        List<RawService> raw = new ArrayList<>();
        files.forEach((file, text) -> raw.add(new RawService(parse(file, text), file, file.replace(".json", ""))));
        return new PlanInput(read, raw, unreadable, problems, catalog, reserved, new MaterialFolder(Path.of("conf")), Instant.now());
    }

    private static JsonObject parse(String file, String text) {
        try {
            return (JsonObject) JsonReader.read(file, text, Optional.empty());
        } catch (BadJson e) {
            throw new IllegalArgumentException(e);
        }
    }

    static List<String> messages(Plan plan) {
        return plan.problems().stream().map(Problem::message).toList();
    }

    static String service(String id, int port, String more) {
        return "{ \"api_id\": \"" + id + "\", \"name\": \"" + id + "\", \"listen_port\": " + port
                + ", \"protocol\": \"plain\", " + more + " }";
    }

    static String named(String id, String more) {
        return "{ \"api_id\": \"" + id + "\", \"name\": \"" + id + "\", \"listen_port\": 7443, \"protocol\": \"named\", "
                + target() + ", " + more + " }";
    }

    static String target() {
        return "\"proxy\": { \"target_url\": \"h:1\" }";
    }
}
