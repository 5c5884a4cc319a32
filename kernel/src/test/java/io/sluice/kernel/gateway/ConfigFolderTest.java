package io.sluice.kernel.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.kernel.config.FileMark;
import io.sluice.kernel.plan.RawService;
import io.sluice.kernel.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigFolderTest {

    @TempDir
    private Path base;
    private Path services;
    private ConfigFolder config;

    @BeforeEach
    void prepare() throws IOException {
        services = Files.createDirectories(base.resolve("conf/services"));
        config = new ConfigFolder(new Folders(base, base, false), Map.of());
        write("a", "a");
        write("b", "b");
    }

    @Test
    void aFileThatTheGatewayWroteIsReadAloneAndIsNoChangeAnyMore() throws IOException {
        List<RawService> before = config.read().definitions();
        write("b", "other");
        Configuration now = config.readAgain(Set.of("conf/services/b.json"));
        assertThat(ids(now)).containsExactly("a", "other");
        assertThat(now.definitions().get(0)).as("not read again").isSameAs(before.get(0));
        assertThat(config.differs()).isFalse();
    }

    @Test
    void whatOthersWroteMeanwhileIsFoundByTheNextLook() throws IOException {
        config.read();
        write("a", "edited");
        write("b", "other");
        assertThat(ids(config.readAgain(Set.of("conf/services/b.json")))).containsExactly("a", "other");
        assertThat(config.differs("conf/services/a.json")).isTrue();
        assertThat(config.differs("conf/services/b.json")).isFalse();
        config.changed();
        assertThat(config.changed()).isTrue();
        assertThat(ids(config.read())).containsExactly("edited", "other");
    }

    @Test
    void filesThatComeAndGoAreReadAgainToo() throws IOException {
        config.read();
        write("c", "c");
        Files.delete(services.resolve("a.json"));
        assertThat(ids(config.readAgain(Set.of("conf/services/c.json", "conf/services/a.json")))).containsExactly("b", "c");
        assertThat(config.differs()).isFalse();
    }

    @Test
    void whatRanGoesOnWhileTheirFolderIsGoneAndAReloadLooksForIt() throws IOException {
        config.read();
        Path aside = Files.move(services, base.resolve("aside"));
        config.distrust();
        Configuration gone = config.read();
        assertThat(gone.definitions()).isEmpty();
        assertThat(gone.unreadable()).containsExactlyInAnyOrder("conf/services/a.json", "conf/services/b.json");
        Files.move(aside, services);
        assertThat(ids(config.read())).containsExactly("a", "b");
    }

    @Test
    void whatIsForeseenIsStillAChangeForWhoeverFollowsTheFolder() throws IOException {
        Files.writeString(base.resolve("conf/sluice.json"), "{ \"workers\": 1 }");
        Configuration before = config.read();
        write("b", "other");
        write("c", "c");
        Files.writeString(base.resolve("conf/sluice.json"), "{ \"workers\": 2 }");

        Configuration foreseen = config.foreseen();

        assertThat(ids(foreseen)).containsExactly("a", "other", "c");
        assertThat(foreseen.settings().workers()).isEqualTo(2);
        assertThat(config.differs()).isTrue();
        config.changed();
        assertThat(config.changed()).isTrue();
        assertThat(before.settings().workers()).isEqualTo(1);
        assertThat(ids(config.read())).containsExactly("a", "other", "c");
    }

    @Test
    void whatCannotBeReadIsForeseenToGoOn() throws IOException {
        Files.writeString(base.resolve("conf/sluice.json"), "{ \"workers\": 1 }");
        config.read();
        Files.writeString(services.resolve("b.json"), "{");
        Files.writeString(base.resolve("conf/sluice.json"), "{ \"workers\": ");

        Configuration foreseen = config.foreseen();

        assertThat(foreseen.usable()).isFalse();
        assertThat(foreseen.settings().workers()).as("the last good ones").isEqualTo(1);
        assertThat(foreseen.lost()).extracting(RawService::id).containsExactly("b");
        assertThat(foreseen.problems()).extracting(problem -> problem.place().file())
                .contains("conf/sluice.json", "conf/services/b.json");
        write("b", "b");
        assertThat(config.read().lost()).isEmpty();
    }

    @Test
    void whatTheGatewayWroteIsReadEvenIfItLooksAsItDidBefore() throws IOException {
        KnownFiles known = new KnownFiles(Path::toString, Map.of());
        FileMark same = new FileMark(1, 1, 1, null);
        known.readAnew(services.resolve("a.json"), same);
        write("a", "other");
        known.readAnew(services.resolve("a.json"), same);
        assertThat(known.all()).singleElement().extracting(file -> file.definitions().get(0).id()).isEqualTo("other");
    }

    @Test
    void fileOfTheAdminKeyIsWatchedWhetherItIsThereOrNot() throws IOException {
        Files.writeString(base.resolve("conf/sluice.json"), "{ \"secret_file\": \"key\" }");
        config.read();
        assertThat(config.differs()).isFalse();
        for (String key : new String[] {"the first key", "another, longer key"}) {
            Files.writeString(base.resolve("conf/key"), key);
            assertThat(config.differs()).as(key).isTrue();
            config.changed();
            assertThat(config.changed()).as(key).isTrue();
            config.read();
            assertThat(config.differs()).as(key).isFalse();
        }
        Files.delete(base.resolve("conf/key"));
        assertThat(config.differs()).isTrue();
    }

    @Test
    void settingsThatMayNameAnotherFolderAreLookedAtWithEachFile() throws IOException {
        config.read();
        assertThat(config.differs("conf/services/a.json")).isFalse();
        Files.createDirectories(base.resolve("conf/elsewhere"));
        Files.writeString(base.resolve("conf/sluice.json"), "{ \"app_path\": \"elsewhere\" }");
        assertThat(config.differs("conf/services/a.json")).isTrue();
        assertThat(config.read().definitions()).isEmpty();
        assertThat(config.differs("conf/services/a.json")).as("not there").isTrue();
    }

    @Test
    void whatIsWrongWithAFileIsWrongWithTheOnlyServiceThatCameFromIt() throws IOException {
        config.read();
        Files.writeString(services.resolve("a.json"), "{ oops");
        Files.writeString(services.resolve("b.json"), "[ { \"api_id\": \"b\" }, { \"api_id\": \"c\" } ]");
        config.distrust();
        assertThat(config.read().problems()).singleElement().extracting(Problem::service).isEqualTo("a");
        Files.writeString(services.resolve("b.json"), "[ { \"api_id\": \"b\" }, oops ]");
        config.distrust();
        Configuration both = config.read();
        assertThat(both.problems()).extracting(Problem::service).containsExactly("a", "");
        assertThat(both.broken()).containsOnlyKeys("conf/services/a.json", "conf/services/b.json");
        assertThat(both.broken().get("conf/services/b.json").held()).extracting(RawService::id).containsExactly("b", "c");
    }

    private static List<String> ids(Configuration configuration) {
        return configuration.definitions().stream().map(RawService::id).toList();
    }

    /** As a file of its own, which differs from the one before whatever the clock says. */
    private void write(String file, String id) throws IOException {
        Path fresh = Files.writeString(services.resolve(file + ".new"), "{ \"api_id\": \"" + id + "\" }");
        Files.move(fresh, services.resolve(file + ".json"), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }
}
