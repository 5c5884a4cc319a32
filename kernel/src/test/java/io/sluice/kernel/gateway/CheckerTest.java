package io.sluice.kernel.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.kernel.problem.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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

    @Test
    void textThatIsNotUtf8IsNamedWithItsPlace() throws IOException {
        settings("{}");
        Files.write(base.resolve("conf/services/latin.json"), "{\n  \"name\": \"caf\u00e9\" }".getBytes(StandardCharsets.ISO_8859_1));
        Files.write(base.resolve("conf/services/utf16.json"), "{ \"name\": \"n\" }".getBytes(StandardCharsets.UTF_16));
        Files.write(base.resolve("conf/services/utf16le.json"), "{ \"name\": \"n\" }".getBytes(StandardCharsets.UTF_16LE));
        assertThat(check()).extracting(problem -> problem.place().line() + ":" + problem.place().column() + " " + problem.message())
                .containsExactly(
                        "2:15 the file cannot be read: it is not UTF-8 text: byte 0xE9 in line 2, column 15 (expected: UTF-8)",
                        "1:1 the file cannot be read: it is not UTF-8 text, but looks like UTF-16 or UTF-32 (expected: UTF-8)",
                        "1:1 the file cannot be read: it is not UTF-8 text, but looks like UTF-16 or UTF-32 (expected: UTF-8)");
        assertThat(check()).extracting(Problem::hint).containsOnly("save it as UTF-8; until then, what ran from it goes on");
    }

    @Test
    void everyMistakeInTheSettingsHasANextStep() throws IOException {
        settings("""
                { "listen_address": "here", "app_path": "a\\u0000b", "certificates_path": " ", "secret": 5,
                  "ports_whitelist": { "tcp": 5, "tls": { "ranges": [5, {}, { "from": 9, "to": 1 }, { "from": 0, "to": 70000 }],
                  "ports": ["x", 70000, 1.5], "port": 1 }, "http": { "ranges": {} } },
                  "disable_ports_whitelist": "no", "admin": { "address": "junk", "hosts": ["*"] }, "plugins": { "watch": 1, "poll": 0 },
                  "uptime_tests": { "disable": 0, "config": { "failure_trigger_sample_size": -1, "time_wait": "x", "rise": 0 } },
                  "timeouts": { "connect": "5 s", "idel": 1 }, "limits": [], "workers": -1, "transport": "zz", "nothing": 1,
                  "connect": 1, "listen_port": 1, "admin_address": "x", "plugin_settings": { "nobody": {} } }
                """);
        assertThat(check()).hasSizeGreaterThan(25).allSatisfy(problem -> {
            assertThat(problem.hint()).as(problem.message()).isNotEmpty();
            assertThat(problem.message()).contains("(expected: ");
            assertThat(problem.place().line()).as(problem.message()).isPositive();
            assertThat(problem.place().pointer()).as(problem.message()).isNotEmpty();
        });
    }

    @Test
    void settingsThatStandInAWrongPlaceAreSentToTheirs() throws IOException {
        settings("{ \"connect\": 1, \"listen_port\": 1, \"admin_address\": \"x\", \"ports_whitelist\": { \"TCP\": {}, \"ranges\": {} },"
                + " \"plugin_settings\": { \"nobody\": {} } }");
        assertThat(check()).allMatch(problem -> !problem.isError()).extracting(Problem::message).containsExactly(
                "\"connect\" has no effect here (expected: timeouts.connect)",
                "\"listen_port\" has no effect here (expected: in a definition, in a file of app_path)",
                "\"admin_address\" has no effect here (expected: admin.address)",
                "unknown field \"ports_whitelist.TCP\" (expected: a protocol, one of http, https, tcp, tls)",
                "unknown field \"ports_whitelist.ranges\" (expected: a protocol, one of http, https, tcp, tls)",
                "\"plugin_settings\": no installed plugin reads this (expected: a plugin that does)");
        assertThat(check()).extracting(Problem::hint).contains("did you mean \"tcp\"?",
                "put it under its protocol: { \"tcp\": { \"ranges\": … } }");
    }

    @Test
    void settingsAreNoDefinitionWhereverDefinitionsStand() throws IOException {
        settings("{ \"app_path\": \".\" }");
        assertThat(check()).isEmpty();
        settings("{ \"app_path\": \"\", \"listen_address\": \"\" }");
        assertThat(check()).extracting(problem -> problem.place().pointer()).containsExactly("/app_path", "/listen_address");
    }

    @Test
    void whatIsNoFileOfTextIsNamedAsWhatItIs() throws IOException {
        settings("{}");
        Path folder = Files.createDirectories(base.resolve("candidates"));
        assertThat(check(folder)).extracting(Problem::code).containsExactly("no_definitions");
        Files.createSymbolicLink(folder.resolve("dangling.json"), folder.resolve("absent"));
        Files.createSymbolicLink(folder.resolve("loop.json"), folder.resolve("loop.json"));
        Files.createDirectories(folder.resolve("folder.json"));
        Files.createFile(folder.resolve("nothing.json"));
        Files.write(folder.resolve("large.json"), new byte[5 * 1024 * 1024]);
        assertThat(check(folder)).extracting(Problem::message).containsExactly(
                "the file cannot be read: it is a link that leads nowhere", "the file cannot be read: it is a folder",
                "the file cannot be read: it has 5242880 bytes (expected: at most 4194304)",
                "the file cannot be read: it is a link that leads nowhere", "the file is empty (expected: JSON)");
        assertThat(check(folder.resolve("loop.json"))).hasSize(1);
    }

    private void settings(String json) throws IOException {
        Files.writeString(base.resolve("conf/sluice.json"), json);
    }

    private List<Problem> check(Path... files) throws IOException {
        return Checker.check(new Folders(base, base, false), List.of(files)).problems();
    }
}
