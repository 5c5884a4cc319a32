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
import java.util.List;
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
    private boolean isFirst;

    @BeforeEach
    void prepare() throws IOException {
        folder = Files.createDirectories(base.resolve("conf/services"));
        files = new DefinitionFiles(() -> folder, () -> isFirst, base, file -> base.relativize(file).toString(), Map.of("PORT", "1"));
    }

    @Test
    void newOneGetsAFileOfItsOwnAsItWasWritten() throws Exception {
        put("a", null, text("{ \"api_id\": \"a\" } // why"));
        assertThat(Files.readString(folder.resolve("a.json"))).isEqualTo("{ \"api_id\": \"a\" } // why");
        assertThat(onlyFiles()).isEqualTo(1);
    }

    @Test
    void fileOfAnotherServiceIsNeverTaken() throws Exception {
        Files.writeString(folder.resolve("a.json"), "{ \"api_id\": \"other\" }");
        assertThat(files.fileOf("a")).isEqualTo("conf/services/a-2.json");
        put("a", null, text("{ \"api_id\": \"a\" }"));
        assertThat(Files.readString(folder.resolve("a.json"))).contains("other");
        assertThat(folder.resolve("a-2.json")).exists();
    }

    @Test
    void fileThatCannotBeUnderstoodIsReplacedAsAWholeOnlyWhenAskedFor() throws Exception {
        Files.writeString(folder.resolve("a.json"), "{ \"api_id\": \"a\" }");
        RawService before = stored("a.json", 0);
        Files.writeString(folder.resolve("a.json"), "{ oops");
        assertThatThrownBy(() -> put("a", before, text("{}"))).isInstanceOf(IOException.class);
        assertThat(Files.readString(folder.resolve("a.json"))).isEqualTo("{ oops");
        files.store(List.of(new DefinitionStore.Edit("a", Optional.of(before), Optional.of(text("{ } // mended")), true)));
        assertThat(Files.readString(folder.resolve("a.json"))).isEqualTo("{ } // mended");
        Files.writeString(folder.resolve("a.json"), "{ oops");
        files.store(List.of(new DefinitionStore.Edit("a", Optional.of(before), Optional.empty(), true)));
        assertThat(folder.resolve("a.json")).doesNotExist();
    }

    @Test
    void idThatBeginsWithADotIsNotHidden() throws Exception {
        put(".hidden", null, text("{}"));
        assertThat(folder.resolve("_.hidden.json")).exists();
        put(".hidden", null, text("{}"));
        assertThat(folder.resolve("_.hidden-2.json")).exists();
    }

    @Test
    void folderIsMadeForTheFirstDefinitionAndNeverInPlaceOfOneThatIsGone() throws Exception {
        Files.delete(folder);
        assertThatThrownBy(() -> put("a", null, text("{}"))).isInstanceOf(IOException.class)
                .hasMessage("the folder of definitions conf/services is gone");
        assertThat(folder).doesNotExist();
        isFirst = true;
        put("a", null, text("{}"));
        assertThat(folder.resolve("a.json")).exists();
    }

    @Test
    void oneAloneThatHasChangedMeanwhileIsNotOverwritten() throws Exception {
        Files.writeString(folder.resolve("a.json"), "{ \"api_id\": \"a\" }");
        RawService before = stored("a.json", 0);
        String edited = "{ \"api_id\": \"a\", \"name\": \"by hand\" }";
        Files.writeString(folder.resolve("a.json"), edited);
        assertThatThrownBy(() -> put("a", before, text("{}"))).hasMessage("conf/services/a.json has changed in the meantime");
        assertThatThrownBy(() -> delete(before)).isInstanceOf(IOException.class);
        assertThat(Files.readString(folder.resolve("a.json"))).isEqualTo(edited);
    }

    @Test
    void oneOfSeveralIsReplacedAndTheOthersStayUnexpanded() throws Exception {
        Files.writeString(folder.resolve("many.json"),
                "[ { \"api_id\": \"a\", \"listen_port\": \"${PORT}\" }, /* b */ { \"api_id\": \"b\" } ]");
        put("b", stored("many.json", 1), text("{ \"api_id\": \"b\", \"name\": \"new\" }"));
        assertThat(Files.readString(folder.resolve("many.json"))).contains("\"${PORT}\"", "\"new\"").doesNotContain("/*");
        delete(stored("many.json", 0));
        assertThat(entries("many.json").definitions()).hasSize(1);
        delete(stored("many.json", 0));
        assertThat(folder.resolve("many.json")).doesNotExist();
    }

    @Test
    void linkStaysAndItsTargetIsWritten() throws Exception {
        Path real = Files.writeString(base.resolve("real.json"), "{ \"api_id\": \"a\" }");
        Files.createSymbolicLink(folder.resolve("a.json"), real);
        put("a", stored("a.json", 0), text("{ \"api_id\": \"a\", \"name\": \"new\" }"));
        assertThat(Files.isSymbolicLink(folder.resolve("a.json"))).isTrue();
        assertThat(Files.readString(real)).contains("new");
    }

    @Test
    void permissionsOfAFileStay() throws Exception {
        Path file = Files.writeString(folder.resolve("a.json"), "{ \"api_id\": \"a\" }");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        put("a", stored("a.json", 0), text("{ \"api_id\": \"a\", \"name\": \"new\" }"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-r-----");
    }

    @Test
    void fileThatHoldsAPrivateKeyIsForItsOwnerOnly() throws Exception {
        put("a", null, text("{ \"api_id\": \"a\", \"certificate\": \"-----BEGIN PRIVATE KEY-----\" }"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("a.json"))))
                .isEqualTo("rw-------");
    }

    @Test
    void whatHasChangedMeanwhileIsNotOverwritten() throws Exception {
        Files.writeString(folder.resolve("many.json"), "[ { \"api_id\": \"a\" }, { \"api_id\": \"b\" } ]");
        RawService before = stored("many.json", 1);
        Files.writeString(folder.resolve("many.json"), "[ { \"api_id\": \"a\" }, { \"api_id\": \"c\" } ]");
        assertThatThrownBy(() -> put("b", before, text("{ \"api_id\": \"b\", \"name\": \"new\" }")))
                .isInstanceOf(IOException.class);
        Files.writeString(folder.resolve("many.json"), "[ { \"api_id\": ");
        assertThatThrownBy(() -> delete(before)).isInstanceOf(IOException.class);
        assertThat(Files.readString(folder.resolve("many.json"))).isEqualTo("[ { \"api_id\": ");
    }

    @Test
    void severalChangesAreStoredTogether() throws Exception {
        Files.writeString(folder.resolve("many.json"), "[ { \"api_id\": \"a\" }, { \"api_id\": \"b\" }, { \"api_id\": \"c\" } ]");
        assertThat(files.store(List.of(
                edit("a", stored("many.json", 0), text("{ \"api_id\": \"a\", \"name\": \"new\" }")),
                new DefinitionStore.Edit("c", Optional.of(stored("many.json", 2)), Optional.empty()),
                edit("d", null, text("{}")), edit("d-2", null, text("{}")))))
                .containsExactly("conf/services/many.json", "conf/services/d.json", "conf/services/d-2.json");
        assertThat(entries("many.json").definitions()).extracting(DefinitionFile.Entry::defaultId).containsExactly("new", "many-2");
        assertThat(onlyFiles()).isEqualTo(3);
    }

    @Test
    void idsThatWouldShareAFileDoNot() throws Exception {
        Files.writeString(folder.resolve("d.json"), "{ \"api_id\": \"other\" }");
        assertThat(files.store(List.of(edit("d", null, text("{}")), edit("d-2", null, text("{}")))))
                .containsExactly("conf/services/d-2.json", "conf/services/d-2-2.json");
    }

    @Test
    void whereOneCannotBeStoredNoneIs() throws Exception {
        Files.writeString(folder.resolve("a.json"), "{ \"api_id\": \"a\" }");
        // where the new text of b would be prepared
        Files.createDirectories(folder.resolve(".b.json.tmp/taken"));
        assertThatThrownBy(() -> files.store(List.of(
                edit("a", stored("a.json", 0), text("{ \"api_id\": \"a\", \"name\": \"new\" }")), edit("b", null, text("{}")))))
                .isInstanceOf(IOException.class);
        assertThat(folder.resolve("a.json")).hasContent("{ \"api_id\": \"a\" }");
        assertThat(onlyFiles()).isEqualTo(2);
    }

    private static DefinitionStore.Edit edit(String id, RawService stored, DefinitionStore.Text now) {
        return new DefinitionStore.Edit(id, Optional.ofNullable(stored), Optional.of(now));
    }

    private void put(String id, RawService stored, DefinitionStore.Text now) throws IOException {
        files.store(List.of(edit(id, stored, now)));
    }

    private void delete(RawService stored) throws IOException {
        files.store(List.of(new DefinitionStore.Edit(stored.id(), Optional.of(stored), Optional.empty())));
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
