package io.sluice.kernel.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.kernel.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code check} finds without any plugin. */
class CheckerTest {

    @TempDir
    Path base;

    @BeforeEach
    void folders() throws IOException {
        Files.createDirectories(base.resolve("conf/services"));
    }

    @Test
    void keyOfTheAdminApiIsLookedAtButNotMade() throws IOException {
        settings("{}");
        assertThat(check()).isEmpty();
        settings("{ \"secret_file\": \"absent\" }");
        assertThat(check()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("no_admin_key");
            assertThat(problem.place().file()).isEqualTo("conf/sluice.json");
            assertThat(problem.place().column()).isEqualTo(18);
        });
        assertThat(base.resolve("data")).doesNotExist();
    }

    @Test
    void keyOfAClosedAdminApiDoesNotMatter() throws IOException {
        settings("{ \"secret_file\": \"absent\", \"admin\": { \"address\": \"off\" } }");
        assertThat(check()).isEmpty();
    }

    private void settings(String json) throws IOException {
        Files.writeString(base.resolve("conf/sluice.json"), json);
    }

    private List<Problem> check(Path... files) throws IOException {
        return Checker.check(new Folders(base, base, false), List.of(files)).problems();
    }
}
