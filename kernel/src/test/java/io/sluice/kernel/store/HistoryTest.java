package io.sluice.kernel.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.kernel.store.History.Touched;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryTest {

    @TempDir
    Path folder;

    @Test
    void lastFiftyAreKeptOverRestarts() throws IOException {
        History history = new History(folder);
        for (int i = 1; i <= 60; i++) {
            history.add(i, "ann", "change " + i, List.of(new Touched("a", "{}", null)));
        }
        History again = new History(folder);
        assertThat(again.entries()).isEqualTo(history.entries()).hasSize(50);
        assertThat(again.entries().get(49).action()).isEqualTo("change 60");
        again.add(1, "bob", "after the restart", List.of());
        assertThat(again.entries().get(49).id()).isEqualTo(61);
        try (var files = Files.list(folder)) {
            assertThat(files.count()).isEqualTo(50);
        }
    }

    @Test
    void largeOnesAreFewerAndTheLastOfThemIsKeptHoweverLarge() throws IOException {
        History history = new History(folder, 100);
        for (int i = 1; i <= 3; i++) {
            history.add(i, "ann", "change " + i, List.of(new Touched("a", "x".repeat(20), "x".repeat(20))));
        }
        assertThat(history.entries()).extracting(History.Entry::id).containsExactly(2L, 3L);
        history.add(4, "ann", "change 4", List.of(new Touched("a", null, "x".repeat(500))));
        assertThat(history.entries()).extracting(History.Entry::id).containsExactly(4L);
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(folder.resolve("0000000004.json"));
        }
        assertThat(new History(folder, 100).entries()).isEqualTo(history.entries());
    }

    @Test
    void wayBackIsWhatStoodBeforeTheFirstLaterChange() {
        History history = new History(folder);
        history.add(1, "x", "1", List.of(new Touched("a", null, "1")));
        history.add(2, "x", "2", List.of(new Touched("a", "1", "2"), new Touched("b", null, "1")));
        history.add(3, "x", "3", List.of(new Touched("a", "2", null)));
        assertThat(history.since(history.entries().get(0))).containsEntry("a", "1").containsEntry("b", null).hasSize(2);
        assertThat(history.since(history.entries().get(2))).isEmpty();
    }

    @Test
    void changeThatIsAnnouncedIsKeptWhateverHappensNextAndTheOneThatIsMadeTakesItsPlace() throws IOException {
        History history = new History(folder);
        history.add(1, "x", "1", List.of(new Touched("a", null, "1")));
        history.announce(1, "x", "2", List.of(new Touched("a", "1", "2", "{ oops")));
        assertThat(history.entries()).hasSize(1);
        assertThat(new History(folder).entries()).as("the gateway ended before it was made").hasSize(2).last()
                .satisfies(entry -> assertThat(entry.touched().get(0).broken()).isEqualTo("{ oops"));
        history.add(2, "x", "2", List.of(new Touched("a", "1", "2", "{ oops")));
        assertThat(new History(folder).entries()).isEqualTo(history.entries()).hasSize(2);
        history.announce(2, "x", "3", List.of());
        history.withdraw();
        assertThat(new History(folder).entries()).isEqualTo(history.entries());
    }

    @Test
    void changeIsNotAnnouncedWhereItCannotBeWritten() throws IOException {
        History history = new History(Files.writeString(folder.resolve("file"), "in the way"));
        assertThatThrownBy(() -> history.announce(1, "x", "1", List.of())).isInstanceOf(IOException.class);
    }

    @Test
    void whoReadsItGoesOnWithWhatWasThere() {
        History history = new History(folder);
        history.add(1, "x", "1", List.of());
        var read = history.entries().iterator();
        history.add(2, "x", "2", List.of());
        assertThat(read.next().action()).isEqualTo("1");
        assertThat(read.hasNext()).isFalse();
    }

    @Test
    void fileThatIsNoEntryIsPassedOver() throws IOException {
        Files.writeString(folder.resolve("0000000001.json"), "nonsense");
        Files.writeString(folder.resolve("notes.txt"), "mine");
        History history = new History(folder);
        assertThat(history.entries()).isEmpty();
        history.add(1, "x", "y", List.of());
        assertThat(history.entries().get(0).id()).isEqualTo(2);
    }

    @Test
    void folderThatCannotBeWrittenIsNoReasonToFail() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        History history = new History(file.resolve("below"));
        history.add(1, "x", "y", List.of());
        assertThat(history.entries()).hasSize(1);
    }
}
