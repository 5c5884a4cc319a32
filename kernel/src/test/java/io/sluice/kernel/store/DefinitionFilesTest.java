package io.sluice.kernel.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.kernel.config.DefinitionFile;
import io.sluice.kernel.json.BadJson;
import io.sluice.kernel.json.JsonReader;
import io.sluice.kernel.json.JsonValue.JsonObject;
import io.sluice.kernel.plan.RawService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DefinitionFilesTest {

    @TempDir
    Path base;

    private Path folder;
    private DefinitionFiles files;

    @BeforeEach
    void prepare() throws IOException {
        folder = Files.createDirectories(base.resolve("conf/services"));
        files = new DefinitionFiles(() -> folder, base, file -> base.relativize(file).toString(), Map.of("PORT", "1"));
    }

    @Test
    void newOneGetsAFileOfItsOwnAsItWasWritten() throws Exception {
        files.put("a", null, text("{ \"api_id\": \"a\" } // why"));
        assertThat(Files.readString(folder.resolve("a.json"))).isEqualTo("{ \"api_id\": \"a\" } // why");
        assertThat(onlyFiles()).isEqualTo(1);
    }

    @Test
    void fileOfAnotherServiceIsNeverTaken() throws Exception {
        Files.writeString(folder.resolve("a.json"), "{ \"api_id\": \"other\" }");
        assertThat(files.fileOf("a")).isEqualTo("conf/services/a-2.json");
        files.put("a", null, text("{ \"api_id\": \"a\" }"));
        assertThat(Files.readString(folder.resolve("a.json"))).contains("other");
        assertThat(folder.resolve("a-2.json")).exists();
    }

    @Test
    void idThatBeginsWithADotIsNotHidden() throws Exception {
        files.put(".hidden", null, text("{}"));
        assertThat(folder.resolve("_.hidden.json")).exists();
    }

    @Test
    void oneOfSeveralIsReplacedAndTheOthersStayUnexpanded() throws Exception {
        Files.writeString(folder.resolve("many.json"),
                "[ { \"api_id\": \"a\", \"listen_port\": \"${PORT}\" }, /* b */ { \"api_id\": \"b\" } ]");
        files.put("b", stored("many.json", 1), text("{ \"api_id\": \"b\", \"name\": \"new\" }"));
        assertThat(Files.readString(folder.resolve("many.json"))).contains("\"${PORT}\"", "\"new\"").doesNotContain("/*");
        files.delete(stored("many.json", 0));
        assertThat(entries("many.json").definitions()).hasSize(1);
        files.delete(stored("many.json", 0));
        assertThat(folder.resolve("many.json")).doesNotExist();
    }

    @Test
    void linkStaysAndItsTargetIsWritten() throws Exception {
        Path real = Files.writeString(base.resolve("real.json"), "{ \"api_id\": \"a\" }");
        Files.createSymbolicLink(folder.resolve("a.json"), real);
        files.put("a", stored("a.json", 0), text("{ \"api_id\": \"a\", \"name\": \"new\" }"));
        assertThat(Files.isSymbolicLink(folder.resolve("a.json"))).isTrue();
        assertThat(Files.readString(real)).contains("new");
    }

    @Test
    void permissionsOfAFileStay() throws Exception {
        Path file = Files.writeString(folder.resolve("a.json"), "{ \"api_id\": \"a\" }");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        files.put("a", stored("a.json", 0), text("{ \"api_id\": \"a\", \"name\": \"new\" }"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-r-----");
    }

    @Test
    void whatHasChangedMeanwhileIsNotOverwritten() throws Exception {
        Files.writeString(folder.resolve("many.json"), "[ { \"api_id\": \"a\" }, { \"api_id\": \"b\" } ]");
        RawService before = stored("many.json", 1);
        Files.writeString(folder.resolve("many.json"), "[ { \"api_id\": \"a\" }, { \"api_id\": \"c\" } ]");
        assertThatThrownBy(() -> files.put("b", before, text("{ \"api_id\": \"b\", \"name\": \"new\" }")))
                .isInstanceOf(IOException.class);
        Files.writeString(folder.resolve("many.json"), "[ { \"api_id\": ");
        assertThatThrownBy(() -> files.delete(before)).isInstanceOf(IOException.class);
        assertThat(Files.readString(folder.resolve("many.json"))).isEqualTo("[ { \"api_id\": ");
    }

    private RawService stored(String name, int index) throws IOException {
        DefinitionFile file = entries(name);
        DefinitionFile.Entry entry = file.definitions().get(index);
        return new RawService(entry.json(), file.name(), entry.defaultId());
    }

    private DefinitionFile entries(String name) throws IOException {
        return DefinitionFile.read("conf/services/" + name, Files.readString(folder.resolve(name)), Map.of("PORT", "1"),
                problem -> { });
    }

    private long onlyFiles() throws IOException {
        try (var all = Files.list(folder)) {
            return all.count();
        }
    }

    private static DefinitionStore.Text text(String json) throws BadJson {
        return new DefinitionStore.Text((JsonObject) JsonReader.read("", json, Optional.empty()), json);
    }
}
