package io.sluice.kernel.config;

import static io.sluice.kernel.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "it does not tell when anything of a file was changed last")
class FileMarkTest {

    private static final FileTime LONG_AGO = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void prepare() throws IOException {
        file = Files.writeString(folder.resolve("a.json"), "one");
        Files.setLastModifiedTime(file, LONG_AGO);
    }

    @Test
    void rightsThatAreGivenAreAChange() {
        FileMark before = FileMark.of(file);
        // again and again: the system's clock for files moves every few milliseconds
        await().until(() -> {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw----"));
            return !FileMark.of(file).equals(before);
        });
    }

    @Test
    void textOfTheSameLengthWithTheSameTimeIsAChange() {
        FileMark before = FileMark.of(file);
        await().until(() -> {
            Files.writeString(file, "two");
            Files.setLastModifiedTime(file, LONG_AGO);
            return !FileMark.of(file).equals(before);
        });
        assertThat(FileMark.of(file)).extracting(FileMark::size, FileMark::modified, FileMark::key)
                .containsExactly(before.size(), before.modified(), before.key());
    }

    @Test
    void markOfAFileThatWasTouchedJustNowMayBeTheNextOnesToo() {
        FileMark mark = FileMark.of(file);
        Instant touched = Instant.EPOCH.plusNanos(mark.changed());
        assertThat(touched).as("whatever time it was given").isAfter(LONG_AGO.toInstant());
        assertThat(mark.isSettled(touched.plusSeconds(1))).isFalse();
        assertThat(mark.isSettled(touched.plusSeconds(3))).isTrue();
    }
}
