package io.sluice.plugins.filediscovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.spi.discovery.DiscoveryAnswer;
import io.sluice.spi.discovery.DiscoveryException;
import io.sluice.spi.discovery.FoundTarget;
import io.sluice.testing.json.JacksonJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileLookupTest {

    @TempDir
    private Path home;
    private Path conf;
    private Path file;
    private FileLookup lookup;

    @BeforeEach
    void lookAtAFile() throws IOException {
        conf = Files.createDirectory(home.resolve("conf"));
        file = conf.resolve("targets.json");
        lookup = new FileLookup(conf, Path.of("targets.json"), new JacksonJson());
    }

    @Test
    void readsTheGrammarOfTargetLists() throws Exception {
        Files.writeString(file, "[\"a:1\", {\"url\": \"tls://b:2\", \"weight\": 3, \"priority\": 1}, {\"url\": \"\"}]");

        assertThat(lookup.look().targets()).containsExactly(FoundTarget.at("a:1"), new FoundTarget("tls://b:2", 3, 1),
                FoundTarget.at(""));
    }

    @Test
    void changesAreSeenWhateverTheTimeStampSays() throws Exception {
        Files.writeString(file, "[\"a:1\"]");
        DiscoveryAnswer first = lookup.look();
        var time = Files.getLastModifiedTime(file);
        assertThat(lookup.look()).isSameAs(first);

        Files.writeString(file, "[\"b:1\"]");
        Files.setLastModifiedTime(file, time);

        assertThat(lookup.look().targets()).containsExactly(FoundTarget.at("b:1"));
    }

    @Test
    void aFileThatIsRenamedIntoItsPlaceIsRead() throws Exception {
        Files.writeString(file, "[\"a:1\"]");
        lookup.look();
        Path next = Files.writeString(conf.resolve("targets.json.new"), "[\"b:1\"]");

        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);

        assertThat(lookup.look().targets()).containsExactly(FoundTarget.at("b:1"));
    }

    @Test
    void aLinkIsFollowedWithinTheConfigurationOnly() throws Exception {
        Files.writeString(Files.createDirectory(conf.resolve("v1")).resolve("t.json"), "[\"a:1\"]");
        Files.createSymbolicLink(file, Path.of("v1/t.json"));
        assertThat(lookup.look().targets()).containsExactly(FoundTarget.at("a:1"));

        Files.delete(file);
        Files.createSymbolicLink(file, Files.writeString(home.resolve("outside.json"), "[\"x:1\"]"));
        assertThatThrownBy(() -> lookup.look()).hasMessageContaining("leads out of conf/");
    }

    @Test
    void aFileThatIsJustBeingWrittenGetsASecondLook() throws Exception {
        Files.writeString(file, "[\"a:1\"]");
        lookup.look();
        String[] states = {"", "[\"a:1\", \"b", "[\"a:1\", \"b:1\"]"};
        Files.writeString(file, states[0]);
        CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> {
            try {
                Files.writeString(file, states[1]);
                Files.writeString(file, states[2]);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        writing.join();

        assertThat(lookup.look().targets()).containsExactly(FoundTarget.at("a:1"), FoundTarget.at("b:1"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "``                                   | targets.json: line 1, column",
        "[\"a:1\", \"b:1                      | targets.json: line 1, column",
        "<html>                               | targets.json: line 1, column",
        "{\"a:1\": 1}                         | targets.json: no list (expected: an array in brackets, as target_list has it)",
        "[\"a:1\", 7]                         | targets.json: entry 2 has no url (expected: \"host:port\"",
        "[{\"host\": \"a\"}]                  | targets.json: entry 1 has no url",
        "[{\"url\": 7}]                       | targets.json: entry 1 has no url",
        "[null]                               | targets.json: entry 1 has no url",
        "[{\"url\": \"a:1\", \"wait\": 1}]    | targets.json: entry 1 has an unknown field \"wait\" (expected: one of url, weight, priority)",
        "[{\"url\": \"a:1\", \"weight\": -1}] | targets.json: entry 1: weight: -1 (expected: a whole number, 0 to 1000000)",
        "[{\"url\": \"a:1\", \"weight\": 1.5}]| targets.json: entry 1: weight: 1.5 (expected",
        "[{\"url\": \"a:1\", \"priority\": \"1\"}] | targets.json: entry 1: priority: 1 (expected",
    })
    void whatIsNoListOfTargetsIsAFailure(String text, String message) throws Exception {
        Files.writeString(file, text);

        assertThatThrownBy(() -> lookup.look()).isInstanceOf(DiscoveryException.class).hasMessageStartingWith(message);
    }

    @Test
    void aFileThatIsGoneComesBack() throws Exception {
        assertThatThrownBy(() -> lookup.look())
                .hasMessage("targets.json does not exist (expected: a JSON file below conf/)");
        Files.writeString(file, "[\"a:1\"]");
        assertThat(lookup.look().targets()).hasSize(1);
    }

    @Test
    void aFolderIsNoFileAndSizeIsBounded() throws Exception {
        Files.createDirectory(file);
        assertThatThrownBy(() -> lookup.look()).hasMessage("targets.json is no file (expected: a JSON file)");
        Files.delete(file);
        Files.write(file, new byte[FileLookup.LARGEST + 1]);
        assertThatThrownBy(() -> lookup.look()).hasMessage("targets.json is larger than 4 MiB");
    }

    @Test
    void tenThousandTargetsAreRead() throws Exception {
        Files.writeString(file, IntStream.range(0, 10_000).mapToObj(i -> "\"10.0." + i / 256 + "." + i % 256 + ":1\"")
                .collect(Collectors.joining(",", "[", "]")));

        assertThat(lookup.look().targets()).hasSize(10_000);
    }
}
