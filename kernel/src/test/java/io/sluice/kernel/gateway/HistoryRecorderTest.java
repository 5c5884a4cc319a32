package io.sluice.kernel.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.kernel.store.History;
import io.sluice.kernel.problem.LiveProblems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryRecorderTest {

    @TempDir
    private Path base;
    private ConfigFolder config;
    private History history;
    private HistoryRecorder recorder;
    private Set<String> written = Set.of();
    private final LiveProblems problems = new LiveProblems();
    private long revision;

    @BeforeEach
    void prepare() throws IOException {
        Files.createDirectories(base.resolve("conf/services"));
        config = new ConfigFolder(new Folders(base, base, false), Map.of());
        history = new History(base.resolve("history"));
        recorder = new HistoryRecorder(history, "data/history", problems);
    }

    @Test
    void fileThatCannotBeReadForAWhileIsNoChange() throws IOException {
        write("a", "{ \"api_id\": \"a\" }");
        applied();
        write("a", "{ \"api_id\": ");
        assertThat(applied().lost()).extracting(raw -> raw.id()).containsExactly("a");
        write("a", "{ \"api_id\": \"a\" }");
        assertThat(applied().lost()).isEmpty();
        assertThat(history.entries()).isEmpty();
    }

    @Test
    void whatWasMendedIsComparedWithWhatWasLastRead() throws IOException {
        write("a", "{ \"api_id\": \"a\" }");
        applied();
        write("a", "{ \"api_id\": ");
        applied();
        write("a", "{ \"api_id\": \"a\", \"name\": \"mended\" }");
        applied();
        assertThat(touched()).containsExactly(new History.Touched("a", "{\"api_id\":\"a\"}",
                "{\"api_id\":\"a\",\"name\":\"mended\"}"));
    }

    @Test
    void fileThatIsRemovedWhileItCannotBeReadIsAChange() throws IOException {
        write("a", "{ \"api_id\": \"a\" }");
        applied();
        write("a", "{ \"api_id\": ");
        applied();
        Files.delete(base.resolve("conf/services/a.json"));
        applied();
        assertThat(touched()).containsExactly(new History.Touched("a", "{\"api_id\":\"a\"}", null));
    }

    @Test
    void whatIsReadOfAFileForTheFirstTimeWasThereBefore() throws IOException {
        write("a", "{ \"api_id\": ");
        applied();
        write("a", "{ \"api_id\": \"a\" }");
        applied();
        assertThat(history.entries()).as("a way back would remove it").isEmpty();
        write("b", "{ \"api_id\": \"b\" }");
        applied();
        assertThat(touched()).containsExactly(new History.Touched("b", null, "{\"api_id\":\"b\"}"));
    }

    @Test
    void folderThatIsGoneForAWhileIsNoChange() throws IOException {
        write("a", "{ \"api_id\": \"a\" }");
        applied();
        Path aside = Files.move(base.resolve("conf/services"), base.resolve("aside"));
        applied();
        Files.move(aside, base.resolve("conf/services"));
        applied();
        assertThat(history.entries()).isEmpty();
    }

    @Test
    void textThatCouldNotBeUnderstoodIsKeptWhenTheGatewayReplacesIt() throws IOException {
        write("a", "{ \"api_id\": \"a\" }");
        applied();
        write("a", "{ \"api_id\": oops");
        assertThat(applied().broken().get("conf/services/a.json").held()).hasSize(1);
        written = Set.of("conf/services/a.json");
        write("a", "{ \"api_id\": \"a\" }");
        applied();
        assertThat(touched()).containsExactly(new History.Touched("a", "{\"api_id\":\"a\"}", "{\"api_id\":\"a\"}",
                "{ \"api_id\": oops"));
        assertThat(new History(base.resolve("history")).entries()).isEqualTo(history.entries());
    }

    @Test
    void historyThatCannotBeWrittenIsAProblemWhileThatLasts() throws IOException {
        Path inItsPlace = Files.writeString(base.resolve("history"), "");
        applied();
        write("a", "{ \"api_id\": \"a\" }");
        applied();
        assertThat(problems.all()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("history_not_written");
            assertThat(problem.place().file()).isEqualTo("data/history");
            assertThat(problem.message()).startsWith("the history of changes cannot be written: ").doesNotContain("java.");
        });
        Files.delete(inItsPlace);
        write("b", "{ \"api_id\": \"b\" }");
        applied();
        assertThat(problems.all()).isEmpty();
    }

    private List<History.Touched> touched() {
        assertThat(history.entries()).hasSize(1);
        return history.entries().get(0).touched();
    }

    private Configuration applied() {
        Configuration now = config.read();
        recorder.applied(++revision, now, written, "files", "edited files");
        return now;
    }

    private void write(String file, String text) throws IOException {
        Files.writeString(base.resolve("conf/services/" + file + ".json"), text);
    }
}
