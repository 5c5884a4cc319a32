package io.sluice.kernel.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.kernel.config.Settings;
import io.sluice.kernel.config.SettingsReader;
import io.sluice.kernel.json.JsonReader;
import io.sluice.kernel.json.JsonValue.JsonObject;
import io.sluice.kernel.observe.EventRing;
import io.sluice.kernel.plan.PlanResult;
import io.sluice.kernel.problem.Problem;
import io.sluice.kernel.runtime.TestGateway;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BulletinTest {

    @TempDir
    Path folder;

    @Test
    void readyFileThatCannotBeRemovedIsAWarningUntilItCanBeWritten() throws Exception {
        Path inTheWay = Files.createDirectories(folder.resolve("ready.json/in-the-way"));
        try (TestGateway gateway = new TestGateway(Settings.Transport.AUTO)) {
            Bulletin bulletin = new Bulletin(gateway.runtime, new PlanReport(new EventRing()),
                    () -> new Door.Open(Optional.empty(), Optional.empty()), Optional.of(inTheWay.getParent()));
            bulletin.begin();
            assertThat(gateway.runtime.problems().all()).extracting(Problem::code).containsExactly("ready_file_not_written");
            Files.delete(inTheWay);
            Files.delete(inTheWay.getParent());
            bulletin.applied(PlanResult.none(SettingsReader.read((JsonObject) JsonReader.read("sluice.json", "{}",
                    Optional.empty()), problem -> { }).value()));
            assertThat(inTheWay.getParent()).isRegularFile();
            assertThat(gateway.runtime.problems().all()).isEmpty();
        }
    }
}
