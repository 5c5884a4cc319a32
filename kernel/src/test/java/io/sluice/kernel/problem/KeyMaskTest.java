package io.sluice.kernel.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a problem shows of a definition with a key in it. */
class KeyMaskTest {

    private static final String CODED = "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgzRup4UTCO2mJ4";
    private static final String KEY = "-----BEGIN PRIVATE KEY-----\\n" + CODED + "\\n" + CODED + "==\\n-----END PRIVATE KEY-----\\n";

    private static String printed(String source, int line, int column) {
        StringWriter out = new StringWriter();
        Problem problem = Problem.error("code", new Place("a.json", line, column, "/a"), "a: wrong", "");
        new ProblemPrinter(file -> source).print(List.of(problem), new PrintWriter(out));
        return out.toString();
    }

    @Test
    void aLineWithAKeyIsShownWithoutItAndTheCaretStaysInPlace() {
        String source = "{ \"certificate\": \"" + KEY + "\", \"listen_port\": 0 }";
        for (int column = 1; column <= source.length(); column++) {
            String text = printed(source, 1, column);
            for (int from = 0; from + 16 <= CODED.length(); from++) {
                assertThat(text).doesNotContain(CODED.substring(from, from + 16));
            }
        }
        List<String> lines = printed(source, 1, source.indexOf("0 }") + 1).lines().toList();
        assertThat(lines.get(1).charAt(lines.get(2).indexOf('^'))).isEqualTo('0');
    }

    @Test
    void aKeyThatWasPastedWithItsLineEndsIsHiddenToo() {
        assertThat(printed("{ \"certificate\": \"-----BEGIN PRIVATE KEY-----\n" + CODED + "\n", 2, 1)).doesNotContain(CODED)
                .contains("*".repeat(CODED.length()));
    }

    @Test
    void sentencesAndHintsShowNoKey() {
        Problem problem = Problem.error("code", Place.NONE, "domain: \"" + KEY + "\" (expected: a host name)",
                KEY.toLowerCase(java.util.Locale.ROOT) + ": there is no such file");
        assertThat(problem.message()).doesNotContain(CODED).contains("***").endsWith("(expected: a host name)");
        assertThat(problem.hint()).doesNotContain(CODED.toLowerCase(java.util.Locale.ROOT)).endsWith(": there is no such file");
    }

    @Test
    void otherLinesAreShownAsTheyAre() {
        String id = "ab".repeat(32);
        assertThat(printed("{ \"certificate\": \"" + id + "\" }", 1, 18)).contains(id);
    }
}
