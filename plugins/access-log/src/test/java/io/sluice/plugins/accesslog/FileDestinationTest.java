package io.sluice.plugins.accesslog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
    void aPipeIsOpenedThoughNobodyReadsIt() throws Exception {
        Path pipe = folder.resolve("pipe");
        assumeTrue(System.getProperty("os.name").equals("Linux"), "needs mkfifo");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
        try (FileDestination destination = FileDestination.open(pipe, () -> now); BufferedReader reader = Files.newBufferedReader(pipe)) {
            write(destination, "one");
            assertThat(reader.readLine()).isEqualTo("one");
        }
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

    @ParameterizedTest
    @ValueSource(strings = {"logs/access.log", "logs/deep/access.log", "folder", "a\0b"})
    void whatKeepsAFileFromBeingOpenedIsFoundBeforehandInTheSameWords(String written) throws IOException {
        Files.createFile(folder.resolve("logs"));
        Files.createDirectory(folder.resolve("folder"));
        AccessLogConfig config = new AccessLogConfig(true, AccessLogConfig.Format.JSON, written);
        AccessLogFactory factory = new AccessLogFactory();

        String foretold = catchThrowableOfType(UncheckedIOException.class, () -> factory.check(config, folder)).getMessage();

        assertThat(foretold).startsWith("access_log.file: " + written + " (expected: a file that can be written): ");
        if (!written.contains("deep")) {
            assertThatThrownBy(() -> factory.create(config, folder)).isInstanceOf(UncheckedIOException.class).hasMessage(foretold);
        }
        assertThatCode(() -> factory.check(new AccessLogConfig(false, AccessLogConfig.Format.JSON, written), folder))
                .as("nobody writes it").doesNotThrowAnyException();
    }

    @Test
    void aFileThatThisUserMayNotWriteIsFoundBeforehand() throws IOException {
        Path own = Files.createDirectory(folder.resolve("own"));
        Path kept = Files.createFile(folder.resolve("kept.log"));
        assumeTrue(own.toFile().setWritable(false) && kept.toFile().setWritable(false));
        assumeFalse(Files.isWritable(own), "root may write everything");
        for (String written : List.of("own/access.log", "own/deep/access.log", "kept.log")) {
            assertThatThrownBy(() -> new AccessLogFactory().check(new AccessLogConfig(true, AccessLogConfig.Format.JSON, written), folder))
                    .hasMessageEndingWith("(expected: a file that can be written): this user may not write it");
        }
        assertThat(own.toFile().setWritable(true)).isTrue();
    }

    @Test
    void aLookBeforehandMakesNothing() throws IOException {
        AccessLogFactory factory = new AccessLogFactory();
        factory.check(new AccessLogConfig(true, AccessLogConfig.Format.JSON, "logs/deep/access.log"), folder);
        factory.check(new AccessLogConfig(true, AccessLogConfig.Format.JSON, null), folder);
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
    }

    private FileDestination open() throws IOException {
        return FileDestination.open(file, () -> now);
    }

    private static void write(Destination destination, String line) throws IOException {
        destination.write(ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8)));
    }
}
