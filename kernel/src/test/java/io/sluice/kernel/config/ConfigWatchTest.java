package io.sluice.kernel.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigWatchTest {

    @TempDir
    Path folder;

    private Path file;
    private ConfigWatch watch;

    @BeforeEach
    void prepare() throws IOException {
        file = Files.writeString(folder.resolve("a.json"), "one");
        watch = new ConfigWatch(() -> List.of(file));
        watch.read(Map.of(file, FileMark.of(file)));
    }

    @Test
    void nothingChangedIsNoChange() {
        assertThat(watch.changed()).isFalse();
        assertThat(watch.changed()).isFalse();
    }

    @Test
    void changeCountsOnceWhenItStandsStill() throws IOException {
        Files.writeString(file, "three");
        assertThat(watch.changed()).as("first look").isFalse();
        Files.writeString(file, "seventeen");
        assertThat(watch.changed()).as("still moving").isFalse();
        assertThat(watch.changed()).as("stands still").isTrue();
        assertThat(watch.changed()).as("counted already").isFalse();
    }

    @Test
    void changeBetweenReadingAndTheFirstLookIsNotLost() throws IOException {
        watch.read(Map.of(file, FileMark.of(file)));
        Files.writeString(file, "changed at once");
        watch.changed();
        assertThat(watch.changed()).isTrue();
    }

    @Test
    void changeBetweenAReadOfOnesOwnAndTheFirstLookIsNotLost() throws IOException {
        FileMark mark = FileMark.of(file);
        Files.writeString(file, "changed at once");
        watch.read(Map.of(file, mark));
        watch.changed();
        assertThat(watch.changed()).isTrue();
        watch.read(Map.of(file, FileMark.of(file)));
        assertThat(watch.changed()).isFalse();
        assertThat(watch.changed()).isFalse();
    }

    @Test
    void fileThatGoesAndAFileThatComesAreChanges() throws IOException {
        Files.delete(file);
        watch.changed();
        assertThat(watch.changed()).isTrue();
        Files.writeString(file, "back");
        watch.changed();
        assertThat(watch.changed()).isTrue();
    }

    @Test
    void linkThatIsTurnedIsAChange() throws IOException {
        Path other = Files.writeString(folder.resolve("b"), "one");
        Path link = Files.createSymbolicLink(folder.resolve("link"), file);
        watch = new ConfigWatch(() -> List.of(link));
        watch.read(Map.of(link, FileMark.of(link)));
        Files.delete(link);
        Files.createSymbolicLink(link, other);
        watch.changed();
        assertThat(watch.changed()).isTrue();
    }
}
