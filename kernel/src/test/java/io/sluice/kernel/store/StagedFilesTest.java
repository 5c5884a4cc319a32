package io.sluice.kernel.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StagedFilesTest {

    @TempDir
    private Path folder;
    private Path changed;
    private Path removed;
    private Path fresh;
    private Path last;

    @BeforeEach
    void prepare() throws IOException {
        changed = Files.writeString(folder.resolve("changed"), "old");
        removed = Files.writeString(folder.resolve("removed"), "there");
        fresh = folder.resolve("fresh");
        last = Files.writeString(folder.resolve("last"), "old");
    }

    @Test
    void allOfThemChange() throws IOException {
        try (StagedFiles files = staged()) {
            assertThat(content()).as("nothing before the word is given").containsExactly("changed old", "last old", "removed there");
            files.commit();
        }
        assertThat(content()).containsExactly("changed new", "fresh new", "last new");
    }

    @Test
    void oneThatFailsInTheMiddleLeavesAllAsTheyWere() throws IOException {
        try (StagedFiles files = staged()) {
            // a file cannot take the place of a folder
            Files.delete(last);
            Files.createDirectories(last.resolve("below"));
            assertThatThrownBy(files::commit).isInstanceOf(IOException.class).hasNoSuppressedExceptions();
        }
        assertThat(changed).hasContent("old");
        assertThat(removed).hasContent("there");
        assertThat(fresh).doesNotExist();
        assertThat(names()).containsExactly("changed", "last", "removed");
    }

    @Test
    void whatIsNotCommittedLeavesNothing() throws IOException {
        staged().close();
        assertThat(names()).containsExactly("changed", "last", "removed");
    }

    private StagedFiles staged() throws IOException {
        StagedFiles files = new StagedFiles();
        files.write(changed, "new");
        files.delete(removed);
        files.write(fresh, "new");
        files.write(last, "new");
        return files;
    }

    private List<String> content() throws IOException {
        try (Stream<Path> all = Files.list(folder).filter(file -> !file.getFileName().toString().startsWith("."))) {
            return all.sorted().map(file -> file.getFileName() + " " + text(file)).toList();
        }
    }

    private List<String> names() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
