package io.sluice.kernel.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.kernel.json.BadJson;
import io.sluice.kernel.json.JsonReader;
import io.sluice.kernel.json.JsonText;
import io.sluice.kernel.json.JsonValue;
import io.sluice.kernel.json.PlainValues;
import io.sluice.kernel.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MasksTest {

    private static final String KEY = "-----BEGIN PRIVATE KEY-----\\nMIIE\\n-----END PRIVATE KEY-----";
    private static final String OTHER = "-----BEGIN EC PRIVATE KEY-----\\nMHcC\\n-----END EC PRIVATE KEY-----";

    private final List<Problem> problems = new ArrayList<>();

    @Test
    void keysAndPasswordsAreMaskedAndNothingElseIs() throws BadJson {
        assertThat(text(Masks.mask(json("{\"a\":\"x\",\"certificate\":\"" + KEY + "\",\"list\":[\"id\",\"" + KEY
                + "\"],\"password\":\"p\",\"token\":\"${TOKEN}\",\"secret\":\"\",\"n\":1}"))))
                .isEqualTo("{\"a\":\"x\",\"certificate\":\"***\",\"list\":[\"id\",\"***\"],\"password\":\"***\","
                        + "\"token\":\"${TOKEN}\",\"secret\":\"\",\"n\":1}");
    }

    @Test
    void urlsWithAPasswordAreMaskedHoweverLongATextMayLookLikeOne() throws BadJson {
        assertThat(text(Masks.mask(json("[\"http://u:p@h/x\",\"a+b://:@h\",\"http://u@h:1\",\"http://h/u:p@h\",\"u:p@h\",\"http://a@u:p@h\"]"))))
                .isEqualTo("[\"***\",\"***\",\"http://u@h:1\",\"http://h/u:p@h\",\"u:p@h\",\"***\"]");
        String colons = "x://" + ":".repeat(500_000);
        assertThat(Masks.mask(json("\"" + colons + "\""))).isEqualTo(json("\"" + colons + "\""));
    }

    @Test
    void whatIsSentAsASecretIsMasked() throws BadJson {
        JsonValue stored = json("[{\"name\":\"send\",\"secret\":true,\"message\":\"AUTH x\"},{\"name\":\"send\",\"message\":\"PING\"}]");
        assertThat(text(Masks.mask(stored))).isEqualTo("[{\"name\":\"send\",\"secret\":true,\"message\":\"***\"},"
                + "{\"name\":\"send\",\"message\":\"PING\"}]");
        assertThat(unmask(text(Masks.mask(stored)), stored)).isEqualTo(text(stored));
        assertThat(problems).isEmpty();
    }

    @Test
    void maskThatComesBackKeepsWhatIsStored() throws BadJson {
        JsonValue stored = json("{\"certificate\":\"" + KEY + "\",\"commands\":[{\"password\":\"p\"}]}");
        assertThat(unmask(text(Masks.mask(stored)), stored)).isEqualTo(text(stored));
        assertThat(problems).isEmpty();
    }

    @Test
    void masksInAListStandForTheSecretsInTheirOrder() throws BadJson {
        JsonValue stored = json("{\"certificates\":[\"" + KEY + "\",\"id\",\"" + OTHER + "\"]}");
        assertThat(unmask("{\"certificates\":[\"new\",\"***\",\"***\"]}", stored))
                .isEqualTo(text(json("{\"certificates\":[\"new\",\"" + KEY + "\",\"" + OTHER + "\"]}")));
        assertThat(problems).isEmpty();
    }

    @Test
    void entryThatIsTakenAwayLeavesItsSecretToNobody() throws BadJson {
        JsonValue stored = json("[{\"url\":\"a\",\"password\":\"one\"},{\"url\":\"b\",\"password\":\"two\"}]");
        assertThat(unmask("[{\"url\":\"b\",\"password\":\"***\"}]", stored)).isEqualTo("[{\"url\":\"b\",\"password\":\"two\"}]");
        assertThat(problems).isEmpty();
        unmask("[{\"url\":\"c\",\"password\":\"***\"}]", stored);
        assertThat(problems).as("it is one of the two, edited").extracting(Problem::code).containsExactly("mask");
    }

    @Test
    void entriesThatAreMovedKeepTheirSecrets() throws BadJson {
        JsonValue stored = json("[{\"url\":\"a\",\"password\":\"one\"},{\"url\":\"b\",\"password\":\"two\"}]");
        assertThat(unmask("[{\"url\":\"new\"},{\"url\":\"b\",\"password\":\"***\"},{\"url\":\"a\",\"password\":\"***\"}]", stored))
                .isEqualTo("[{\"url\":\"new\"},{\"url\":\"b\",\"password\":\"two\"},{\"url\":\"a\",\"password\":\"one\"}]");
        assertThat(problems).isEmpty();
    }

    @Test
    void entriesThatAreEditedOrLookAlikeKeepTheirSecretsInTheirOrder() throws BadJson {
        JsonValue stored = json("[{\"url\":\"a\",\"password\":\"one\"},{\"url\":\"a\",\"password\":\"two\"}]");
        assertThat(unmask("[{\"url\":\"a\",\"password\":\"***\"},{\"url\":\"c\",\"password\":\"***\"}]", stored))
                .isEqualTo("[{\"url\":\"a\",\"password\":\"one\"},{\"url\":\"c\",\"password\":\"two\"}]");
        assertThat(unmask(text(Masks.mask(stored)), stored)).isEqualTo(text(stored));
        assertThat(problems).isEmpty();
        unmask("[{\"url\":\"a\",\"password\":\"***\"}]", stored);
        assertThat(problems).as("one of two that look alike").extracting(Problem::code).containsExactly("mask");
    }

    @Test
    void oneOfManyMayBecomeMany() throws BadJson {
        JsonValue stored = json("{\"certificate\":\"" + KEY + "\"}");
        assertThat(unmask("{\"certificate\":[\"***\",\"id\"]}", stored))
                .isEqualTo(text(json("{\"certificate\":[\"" + KEY + "\",\"id\"]}")));
        assertThat(unmask("{\"certificate\":\"***\"}", json("{\"certificate\":[\"" + KEY + "\"]}"))).contains("MIIE");
        assertThat(problems).isEmpty();
    }

    @Test
    void maskThatStandsForNothingOrForOneOfSeveralIsAnError() throws BadJson {
        unmask("{\"certificate\":\"***\"}", json("{}"));
        unmask("{\"certificate\":\"***\"}", json("{\"certificate\":\"id\"}"));
        unmask("{\"certificates\":[\"***\"]}", json("{\"certificates\":[\"" + KEY + "\",\"" + OTHER + "\"]}"));
        Masks.unmask(json("{\"a\":{\"b\":\"***\"}}"), null, problems::add);
        assertThat(problems).hasSize(4).extracting(Problem::code).containsOnly("mask");
    }

    private String unmask(String text, JsonValue stored) throws BadJson {
        return text(Masks.unmask(json(text), stored, problems::add));
    }

    private static JsonValue json(String text) throws BadJson {
        return JsonReader.read("", text, Optional.empty());
    }

    private static String text(JsonValue value) {
        return JsonText.write(PlainValues.unexpanded(value));
    }
}
