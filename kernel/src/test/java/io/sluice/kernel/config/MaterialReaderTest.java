package io.sluice.kernel.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.kernel.config.Materials.Found;
import io.sluice.kernel.config.Materials.NotFound;
import io.sluice.kernel.json.BadJson;
import io.sluice.kernel.json.JsonReader;
import io.sluice.kernel.problem.Problem;
import io.sluice.spi.config.Material;
import io.sluice.spi.config.OneOrMany;
import io.sluice.spi.config.Spelling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaterialReaderTest {

    private static final String ID = "0123456789abcdef".repeat(4);

    record Config(@OneOrMany List<Material> certificates, Map<String, Material> byHost, Version version) {
    }

    enum Version {
        @Spelling({"1.2", "771"}) TLS_1_2,
        @Spelling({"1.3", "772"}) TLS_1_3
    }

    @TempDir
    private Path conf;
    private final List<Problem> problems = new ArrayList<>();
    private MaterialReader reader;

    @BeforeEach
    void fill() throws IOException {
        Files.createDirectories(conf.resolve("certs/folder.pem"));
        Files.writeString(conf.resolve("certs/" + ID + ".pem"), "by id");
        Files.writeString(conf.resolve("certs/web.pem"), "by path");
        Files.write(conf.resolve("large.pem"), new byte[Material.LARGEST + 1]);
        Files.write(conf.resolve("largest.pem"), new byte[Material.LARGEST]);
        reader = new MaterialReader(new MaterialFolder(conf), "certs");
    }

    @Test
    void aReferenceIsTextOrAnIdOrAPath() {
        assertThat(text("-----BEGIN CERTIFICATE-----\nx")).isEqualTo("-----BEGIN CERTIFICATE-----\nx");
        assertThat(text(ID)).isEqualTo("by id");
        assertThat(text(ID.toUpperCase(java.util.Locale.ROOT))).isEqualTo("by id");
        assertThat(text("5e9d9544a1dcd60001d0ed20" + ID)).isEqualTo("by id");
        assertThat(text("certs/web.pem")).isEqualTo("by path");
        assertThat(text(conf.resolve("certs/web.pem").toString())).isEqualTo("by path");
        assertThat(text("largest.pem")).hasSize(Material.LARGEST);
        assertThat(reader.files().keySet()).doesNotContainNull().contains(conf.resolve("certs/web.pem"));
    }

    @Test
    void tykKeepsAnIdWithItsOrganisationInAFileOfThatName() throws IOException {
        String id = "org" + "f".repeat(64);
        Files.writeString(conf.resolve("certs/" + id + ".pem"), "whole name");
        assertThat(text(id)).isEqualTo("whole name");
    }

    @ParameterizedTest
    @CsvSource({
            "certs/gone.pem, there is no such file",
            "certs/folder.pem, it is a folder",
            "large.pem, it is larger than 1048576 bytes",
            "certs, it is a folder"})
    void aFileThatCannotBeReadSaysWhy(String path, String why) {
        assertThat(reader.find(path)).isEqualTo(new NotFound(
                "a file, relative to conf/, the id of a certificate, or PEM text", conf.resolve(path) + ": " + why));
        assertThat(reader.files()).containsKey(conf.resolve(path));
    }

    @Test
    void anIdThatIsNotStoredIsNamedAsOne() {
        assertThat(reader.find("e".repeat(64))).isEqualTo(new NotFound("the id of a certificate in certs/",
                conf.resolve("certs/" + "e".repeat(64) + ".pem") + ": there is no such file"));
    }

    @Test
    void whatCannotBeAFileNameIsNotFound() {
        assertThat(reader.find("a\0b")).isInstanceOf(NotFound.class);
    }

    @Test
    void recordsTakeMaterialsAloneInListsAndInMaps() throws BadJson {
        Config config = bind("{ \"certificates\": \"certs/web.pem\", \"by_host\": { \"*\": \"" + ID + "\" }, \"version\": 771 }");
        assertThat(problems).isEmpty();
        assertThat(config.certificates()).extracting(Material::name).containsExactly("certs/web.pem");
        assertThat(config.byHost().get("*").text()).isEqualTo("by id");
        assertThat(config.version()).isEqualTo(Version.TLS_1_2);
        assertThat(bind("{ \"version\": \"1.3\" }").version()).isEqualTo(Version.TLS_1_3);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "\"certificates\": \"...\"           | certificates[0]: \"...\" (expected: a real value; this is a placeholder)",
            "\"certificates\": [\"\"]            | certificates[0]: \"\" (expected: a real value; this is a placeholder)",
            "\"by_host\": { \"*\": \"\" }        | by_host.*: \"\" (expected: a real value; this is a placeholder)",
            "\"certificates\": 5                 | certificates[0]: 5 (expected: a file, the id of a certificate, or PEM text)",
            "\"by_host\": { \"h\": [\"x\"] }     | by_host.h: an array (expected: a file, the id of a certificate, or PEM text)",
            "\"version\": 770                    | version: 770 (expected: one of 1.2, 1.3)",
            "\"version\": \"TLSv1.2\"            | version: \"TLSv1.2\" (expected: one of 1.2, 1.3)"})
    void mistakesAreNamed(String field, String message) throws BadJson {
        bind("{ " + field + " }");
        assertThat(problems).extracting(Problem::message).containsExactly(message);
    }

    @Test
    void aPrivateKeyIsNeverShown() {
        Material material = Material.inline("-----BEGIN PRIVATE KEY-----\nsecret");
        assertThat(material.toString()).isEqualTo("inline PEM");
        assertThat(new Config(List.of(material), Map.of(), null).toString()).doesNotContain("secret");
    }

    private String text(String reference) {
        return ((Found) reader.find(reference)).material().text();
    }

    private Config bind(String json) throws BadJson {
        return RecordBinder.bind(JsonReader.read("a.json", json, Optional.empty()), Config.class, "tls", reader,
                problems::add).value();
    }
}
