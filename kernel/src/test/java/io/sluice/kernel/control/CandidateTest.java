package io.sluice.kernel.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.kernel.json.BadJson;
import io.sluice.kernel.json.JsonReader;
import io.sluice.kernel.json.JsonValue.JsonObject;
import io.sluice.kernel.json.JsonValue.JsonString;
import io.sluice.kernel.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CandidateTest {

    @TempDir
    Path conf;

    @Test
    void textIsStoredAsItCame() throws BadJson {
        String text = "{ \"api_id\": \"a\", // why\n  \"name\": \"x\" }";
        assertThat(candidate(text, null).stored().text()).isEqualTo(text);
    }

    @Test
    void idIsWrittenIntoWhatNamesNone() throws BadJson {
        Candidate candidate = candidate("{ \"name\": \"x\" }", null);
        assertThat(candidate.json().get("api_id")).isInstanceOf(JsonString.class);
        assertThat(candidate.stored().text()).isEqualTo("{ \"api_id\": \"a\", \"name\": \"x\" }");
        assertThat(candidate("{}", null).stored().text()).contains("\"api_id\" : \"a\"");
        assertThat(candidate("{ \"api_id\": \"\" }", null).stored().text()).contains("\"api_id\" : \"a\"");
        assertThat(candidate("{ \"id\": \"a\" }", null).stored().text()).isEqualTo("{ \"id\": \"a\" }");
    }

    @Test
    void idIsWrittenInWithoutTouchingWhatElseStandsThere() throws BadJson {
        String text = "// mine\n{ // why \"x\": {\n\t\"name\": \"x\", /* and */ \"listen_port\": 1,\n} // end\n";
        assertThat(candidate(text, null).stored().text())
                .isEqualTo(text.replace("\"name\"", "\"api_id\": \"a\",\n\t\"name\""));
        String one = "/* a */ { /* b */ \"name\": \"x\" }";
        assertThat(candidate(one, null).stored().text())
                .isEqualTo("/* a */ { /* b */ \"api_id\": \"a\", \"name\": \"x\" }");
        assertThat(candidate("\uFEFF{\r\n  \"name\": \"x\"\r\n}", null).stored().text())
                .isEqualTo("\uFEFF{\r\n  \"api_id\": \"a\",\n  \"name\": \"x\"\r\n}");
        for (String written : new String[] {text, one}) {
            Candidate stored = candidate(written, null);
            assertThat(Candidate.read(stored.stored().text())).isEqualTo(stored.stored().json());
        }
    }

    @Test
    void whatIsStoredIsReadAsWhatWasMeantWhateverEndsItsLines() throws BadJson {
        for (String text : new String[] {"{\r\"name\":\"x\",\r\"listen_port\":1}", "{\r\r\n \"name\": \"x\" }",
                "// a\r{ // b\r \"name\": \"x\" }", "{\n\r\n\"name\": \"x\"\r}"}) {
            Candidate stored = candidate(text, null);
            assertThat(Candidate.read(stored.stored().text())).as(text.replace("\r", "\\r")).isEqualTo(stored.stored().json());
        }
    }

    @Test
    void idThatIsNoStringIsRefused() throws BadJson {
        for (String id : new String[] {"7", "true", "[]", "{}", "[\"a\"]"}) {
            for (String field : new String[] {"api_id", "id"}) {
                assertThat(candidate("{ \"" + field + "\": " + id + ", \"name\": \"x\" }", null).problems()).as(id)
                        .extracting(Problem::message).containsExactly(field + ": " + id + " (expected: a string)");
            }
        }
        assertThat(candidate("{ \"api_id\": null, \"name\": \"x\" }", null).problems()).isEmpty();
    }

    @Test
    void storedVariablesStayAndAreExpandedForThePlan() throws BadJson {
        Candidate candidate = candidate("{ \"api_id\": \"a\", \"name\": \"${NAME}\", \"x\": [\"y\", \"${NAME}\"] }",
                "{ \"name\": \"${NAME}\", \"x\": [\"${NAME}\"] }");
        assertThat(candidate.problems()).isEmpty();
        assertThat(((JsonString) candidate.json().get("name")).text()).isEqualTo("redis");
        assertThat(candidate.stored().text()).contains("${NAME}").doesNotContain("redis");
    }

    @Test
    void newVariablesAreRefusedWhereverTheyStand() throws BadJson {
        for (String text : new String[] {"{ \"name\": \"${NAME}\" }", "{ \"a\": [{ \"b\": \"x${NAME}\" }] }",
                "{ \"name\": \"${NAME:-x}\" }", "{ \"name\": \"${\" }", "{ \"other\": \"${NAME}\" }"}) {
            assertThat(candidate(text, "{ \"name\": \"${OTHER}\", \"b\": \"${NAME}\" }").problems()).as(text)
                    .extracting(Problem::code).containsExactly("variable");
        }
        assertThat(candidate("{ \"name\": \"$${NAME}\" }", null).problems()).isEmpty();
    }

    @Test
    void pathsStayBelowTheFolderLinksFollowed() throws BadJson, IOException {
        Files.createSymbolicLink(conf.resolve("out"), Path.of("/"));
        Files.createDirectories(conf.resolve("certs"));
        Files.createSymbolicLink(conf.resolve("in"), conf.resolve("certs"));
        for (String good : new String[] {"certs/a.pem", "in/a.pem", "./certs/../certs/a.pem", "absent/a.pem", "0123abcd",
                "-----BEGIN CERTIFICATE-----\\n../..\\n-----END CERTIFICATE-----", ""}) {
            assertThat(candidate("{ \"certificates\": [\"" + good + "\"] }", null).problems()).as(good).isEmpty();
        }
        for (String bad : new String[] {"/etc/passwd", "../x", "certs/../../x", "out/etc/passwd", "a\\u0000b"}) {
            for (String field : new String[] {"{ \"certificates\": [\"%s\"] }", "{ \"proxy\": { \"transport\": { \"ca\": \"%s\" } } }",
                    "{ \"upstream_certificates\": { \"*\": \"%s\" } }", "{ \"client_authorization\": { \"crl\": [\"%s\"] } }",
                    "{ \"proxy\": { \"service_discovery\": { \"name\": \"file\", \"path\": \"%s\" } } }"}) {
                assertThat(candidate(String.format(field, bad), null).problems()).as(bad).extracting(Problem::code)
                        .containsExactly("path_outside");
            }
        }
    }

    @Test
    void anythingButOneObjectIsNoDefinition() {
        for (String text : new String[] {"[]", "1", "null", "\"x\"", ""}) {
            assertThatThrownBy(() -> Candidate.read(text)).isInstanceOf(BadJson.class);
        }
    }

    private Candidate candidate(String text, String before) throws BadJson {
        JsonObject stored = before == null ? null
                : (JsonObject) JsonReader.read("", before, Optional.of(Map.of("NAME", "redis", "OTHER", "o")));
        return Candidate.of("a", text, Candidate.read(text), stored, Map.of("NAME", "redis"), new ConfinedPaths(conf));
    }
}
