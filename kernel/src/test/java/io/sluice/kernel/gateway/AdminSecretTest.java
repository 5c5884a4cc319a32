package io.sluice.kernel.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.kernel.config.Settings;
import io.sluice.kernel.config.SettingsReader;
import io.sluice.kernel.json.BadJson;
import io.sluice.kernel.json.JsonReader;
import io.sluice.kernel.problem.Place;
import io.sluice.kernel.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdminSecretTest {

    @TempDir
    Path base;

    @Test
    void oneIsMadeOnceForTheOwnerAlone() throws Exception {
        AdminSecret secret = secret();
        assertThat(secret.accepts("")).isFalse();
        assertThat(secret.update(settings("{}"))).isEmpty();
        String made = Files.readString(base.resolve("data/admin-secret")).strip();
        assertThat(made).hasSize(43);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(base.resolve("data/admin-secret"))))
                .isEqualTo("rw-------");
        assertThat(secret.accepts(made)).isTrue();
        AdminSecret again = secret();
        again.update(settings("{}"));
        assertThat(again.accepts(made)).isTrue();
    }

    @Test
    void onlyTheWholeKeyIsAccepted() throws Exception {
        AdminSecret secret = secret();
        secret.update(settings("{ \"secret\": \"abc\" }"));
        assertThat(secret.accepts("abc")).isTrue();
        for (String wrong : new String[] {"", "ab", "abcd", "ABC", " abc", null}) {
            assertThat(secret.accepts(wrong)).isFalse();
        }
        assertThat(base.resolve("data/admin-secret")).doesNotExist();
        secret.update(settings("{ \"secret\": \"new\" }"));
        assertThat(secret.accepts("abc")).isFalse();
        assertThat(secret.accepts("new")).isTrue();
    }

    @Test
    void fileIsReadFromTheConfigurationsFolder() throws Exception {
        Files.createDirectories(base.resolve("conf"));
        Files.writeString(base.resolve("conf/key"), "from the file\n");
        AdminSecret secret = secret();
        assertThat(secret.update(settings("{ \"secret_file\": \"key\" }"))).isEmpty();
        assertThat(secret.accepts("from the file")).isTrue();
    }

    @Test
    void withoutAKeyNobodyIsLetIn() throws Exception {
        Files.createDirectories(base.resolve("conf"));
        Files.writeString(base.resolve("conf/empty"), "\n");
        Files.write(base.resolve("conf/large"), new byte[5000]);
        for (String bad : new String[] {"{ \"secret\": \"\" }", "{ \"secret_file\": \"absent\" }", "{ \"secret_file\": \"empty\" }",
                "{ \"secret_file\": \"large\" }"}) {
            AdminSecret secret = secret();
            assertThat(secret.update(settings(bad))).as(bad).singleElement().satisfies(problem ->
                    assertThat(problem.code()).isEqualTo("no_admin_key"));
            assertThat(secret.accepts("")).isFalse();
        }
    }

    @Test
    void keyThatCannotBeReadIsNamedInWordsWithItsPlaceAndTheNextStep() throws Exception {
        Path conf = Files.createDirectories(base.resolve("conf"));
        Files.createDirectories(conf.resolve("folder"));
        Files.createSymbolicLink(conf.resolve("loop"), conf.resolve("loop"));
        Files.write(conf.resolve("latin"), new byte[] {'k', (byte) 0xe9, 'y'});
        Files.writeString(conf.resolve("blank"), " \n\t\n");
        Files.writeString(conf.resolve("lines"), "one\ntwo\n");
        Files.writeString(conf.resolve("long"), "x".repeat(5000));
        for (String[] bad : new String[][] {
                {"absent", "secret_file: \"absent\" cannot be read: it is not there"},
                {"folder", "it is a folder"}, {"loop", "it is a link that leads nowhere"}, {"latin", "it is not UTF-8 text"},
                {"a\\u0000b", "it is no path"}, {"", "is empty (expected: a file"},
                {"blank", "secret_file: \"blank\" is empty (expected: a key)"},
                {"lines", "(expected: one line of visible ASCII)"}, {"long", "5000 characters (expected: at most 4096)"}}) {
            List<Problem> problems = secret().update(settings("{\n  \"secret_file\": \"" + bad[0] + "\" }"));
            assertThat(problems).as(bad[0]).singleElement().satisfies(problem -> {
                assertThat(problem.code()).isEqualTo("no_admin_key");
                assertThat(problem.isError()).isTrue();
                assertThat(problem.place()).isEqualTo(new Place("sluice.json", 2, 18, "/secret_file"));
                assertThat(problem.message()).contains(bad[1], "(expected: ").doesNotContain("Exception", base.toString());
                assertThat(problem.hint()).endsWith("the admin API lets nobody in");
            });
        }
    }

    @Test
    void shortKeyIsDoubtfulAndNeverShown() throws Exception {
        AdminSecret secret = secret();
        assertThat(secret.update(settings("{ \"secret\": \"hush\" }"))).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("weak_admin_key");
            assertThat(problem.isError()).isFalse();
            assertThat(problem.message()).isEqualTo("secret has 4 characters (expected: at least 8)");
            assertThat(problem.place().pointer()).isEqualTo("/secret");
        });
        assertThat(secret.accepts("hush")).isTrue();
        assertThat(secret.update(settings("{ \"secret\": \"long enough\", \"secret_file\": \"key\" }"))).singleElement()
                .satisfies(problem -> assertThat(problem.message()).startsWith("secret_file: \"key\" has no effect"));
    }

    private AdminSecret secret() {
        return new AdminSecret(new Folders(base, base, false));
    }

    private static Settings settings(String json) throws BadJson, IOException {
        return SettingsReader.read(JsonReader.read("sluice.json", json, Optional.empty()), problem -> { }).value();
    }
}
