package io.sluice.kernel.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.kernel.config.SettingsReader;
import io.sluice.kernel.json.BadJson;
import io.sluice.kernel.json.JsonReader;
import io.sluice.kernel.json.JsonValue.JsonObject;
import io.sluice.kernel.plan.Fakes;
import io.sluice.kernel.plan.PlanResult;
import io.sluice.kernel.plan.RawService;
import io.sluice.kernel.store.DefinitionFiles;
import io.sluice.kernel.store.History;
import io.sluice.kernel.store.History.Touched;
import io.sluice.spi.control.ControlRefused;
import io.sluice.spi.control.GatewayStatus.Phase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RollbackTest {

    @TempDir
    private Path base;
    private History history;
    private DefinitionFiles store;

    @BeforeEach
    void prepare() throws Exception {
        Path folder = Files.createDirectories(base.resolve("conf/services"));
        history = new History(base.resolve("history"));
        store = new DefinitionFiles(() -> folder, () -> false, base, file -> base.relativize(file).toString(), Map.of());
        Files.writeString(folder.resolve("a.json"), "{ \"api_id\": ");
        history.add(1, "x", "began", List.of(new Touched("b", null, "{\"api_id\":\"b\"}")));
    }

    @Test
    void whatWasChangedInAFileThatCannotBeReadNowIsNotTouched() throws Exception {
        history.add(2, "x", "changed a", List.of(new Touched("a", "{\"api_id\":\"a\"}", "{\"api_id\":\"a\",\"name\":\"n\"}")));
        assertRefused(now(List.of(raw("b")), List.of(raw("{\"api_id\":\"a\",\"name\":\"n\"}", "a"))));
    }

    @Test
    void whatWasAddedInAFileThatCannotBeReadNowIsNotRemoved() throws Exception {
        history.add(2, "x", "added a", List.of(new Touched("a", null, "{\"api_id\":\"a\"}")));
        assertRefused(now(List.of(raw("b")), List.of(raw("a"))));
    }

    @Test
    void whatIsAsItWasThenIsNoReasonToRefuse() throws Exception {
        history.add(2, "x", "changed both", List.of(new Touched("a", "{\"api_id\":\"a\"}", "{\"api_id\":\"a\",\"name\":\"n\"}"),
                new Touched("b", "{\"api_id\":\"b\"}", "{\"api_id\":\"b\",\"name\":\"n\"}")));
        history.add(3, "x", "changed a back", List.of(new Touched("a", "{\"api_id\":\"a\",\"name\":\"n\"}", "{\"api_id\":\"a\"}")));
        Rollback rollback = Rollback.to(1, history, now(List.of(raw("{\"api_id\":\"b\",\"name\":\"n\"}", "b")), List.of(raw("a"))),
                Map.of(), store);
        assertThat(rollback.ids()).containsExactly("b");
        assertThat(rollback.definitions()).containsExactly(raw("b"));
    }

    private void assertRefused(Engine.Moment now) {
        assertThatThrownBy(() -> Rollback.to(1, history, now, Map.of(), store)).isInstanceOfSatisfying(ControlRefused.class,
                refused -> assertThat(refused.reason()).isEqualTo(ControlRefused.Reason.IN_USE))
                .hasMessage("service a stands in conf/services/a.json, which cannot be read now: mend that file or remove it,"
                        + " then roll back");
    }

    private static Engine.Moment now(List<RawService> definitions, List<RawService> lost) throws BadJson {
        JsonObject settings = (JsonObject) JsonReader.read("sluice.json", "{}", Optional.empty());
        return new Engine.Moment(PlanResult.none(SettingsReader.read(settings, problem -> { }).value()), definitions, lost,
                Map.of(), Fakes.usual(), Phase.READY);
    }

    private static RawService raw(String id) throws BadJson {
        return raw("{\"api_id\":\"" + id + "\"}", id);
    }

    private static RawService raw(String text, String id) throws BadJson {
        return new RawService((JsonObject) JsonReader.read("", text, Optional.empty()), "conf/services/" + id + ".json", id);
    }
}
