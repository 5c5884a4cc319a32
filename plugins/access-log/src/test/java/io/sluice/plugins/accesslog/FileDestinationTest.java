package io.sluice.plugins.accesslog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileDestinationTest {

    @TempDir
    private Path folder;
    private Path file;
    private long now;

    @BeforeEach
    void inAFolderThatIsNotThereYet() {
        file = folder.resolve("logs").resolve("access.log");
    }

    @Test
    void linesAreAppendedToWhatIsThere() throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "before\n");

        try (FileDestination destination = open()) {
            write(destination, "one");
            write(destination, "two");
        }

        assertThat(file).hasContent("before\none\ntwo\n");
    }

    @Test
    void aMovedFileIsOpenedAnewAfterASecond() throws IOException {
        try (FileDestination destination = open()) {
            write(destination, "one");
            Path rotated = Files.move(file, folder.resolve("access.log.1"));

            now += TimeUnit.MILLISECONDS.toNanos(999);
            write(destination, "two");
            now += TimeUnit.MILLISECONDS.toNanos(1);
            write(destination, "three");

            assertThat(rotated).hasContent("one\ntwo\n");
            assertThat(file).hasContent("three\n");
        }
    }

    @Test
    void aFileThatWasReplacedByAnotherIsOpenedAnew() throws IOException {
        try (FileDestination destination = open()) {
            write(destination, "one");
            Files.move(file, folder.resolve("access.log.1"));
            Files.createFile(file);

            now += TimeUnit.SECONDS.toNanos(1);
            write(destination, "two");

            assertThat(file).hasContent("two\n");
        }
    }

    @Test
    void aTruncatedFileIsContinuedFromItsStart() throws IOException {
        try (FileDestination destination = open()) {
            write(destination, "one");
            Files.writeString(file, "");
            write(destination, "two");
        }

        assertThat(file).hasContent("two\n");
    }

    @Test
    void aFileThatCannotBeOpenedIsTriedAgainAfterASecond() throws IOException {
        try (FileDestination destination = open()) {
            Files.delete(file);
            Files.delete(file.getParent());
            Files.createFile(file.getParent());

            now += TimeUnit.SECONDS.toNanos(1);
            assertThatThrownBy(() -> write(destination, "lost")).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> write(destination, "lost")).isInstanceOf(IOException.class)
                    .hasMessageContaining("is not open");
            Files.delete(file.getParent());
            now += TimeUnit.SECONDS.toNanos(1);
            write(destination, "back");
        }

        assertThat(file).hasContent("back\n");
    }

    @Test
    void aFileThatCanNeverBeOpenedIsSaidSoAtOnce() throws IOException {
        Files.createFile(folder.resolve("logs"));

        assertThatThrownBy(() -> new AccessLogFactory().create(
                new AccessLogConfig(true, AccessLogConfig.Format.JSON, "logs/access.log"), folder))
                .hasMessageStartingWith("access_log.file: logs/access.log (expected: a file that can be written)");
    }

    private FileDestination open() throws IOException {
        return FileDestination.open(file, () -> now);
    }

    private static void write(Destination destination, String line) throws IOException {
        destination.write(ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8)));
    }
}
