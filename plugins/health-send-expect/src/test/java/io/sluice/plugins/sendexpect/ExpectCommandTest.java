package io.sluice.plugins.sendexpect;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.plugins.sendexpect.ExpectConfig.Match;
import io.sluice.spi.health.PreparedCommand;
import io.sluice.spi.health.Step.Cause;
import io.sluice.spi.health.StepResult.Failed;
import io.sluice.spi.health.StepResult.Passed;
import io.sluice.spi.health.StepResult;
import io.sluice.testing.config.RecordedFindings;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpectCommandTest {

    private final RecordedFindings findings = new RecordedFindings();

    @ParameterizedTest
    @CsvSource({
        "CONTAINS, +PONG,        +PONG~,                    5",
        "CONTAINS, +PONG,        noise+PONG~more,           10",
        "CONTAINS, role:master,  ~role:slave~role:master~,  23",
        "CONTAINS, aab,          aaaab,                     5",
        "CONTAINS, abcabd,       abcabcabd,                 9",
        "CONTAINS, x,            x,                         1",
        "CONTAINS, grün,         ist grün,                  9",
        "PREFIX,   +PONG,        +PONG~,                    5",
        "PREFIX,   220,          220 mail ready~,           3",
        "EXACT,    +PONG~,       +PONG~,                    6",
        "REGEX,    role:(master|primary), ~role:primary~,   13",
        "REGEX,    (?i)ready,    220 mail ReAdY~,           14",
        "REGEX,    ^\\+P.NG$,    +PONG,                     5",
        "REGEX,    gr\\xc3\\xbcn, ist grün.,                9",
    })
    void whatIsExpectedIsUsedUpThroughItsEndHoweverItArrives(Match match, String message, String sent, int consumed) {
        PreparedCommand command = expect(message, match, false);
        byte[] bytes = bytes(sent);

        for (Arrival arrival : Arrival.all(bytes.length)) {
            assertThat(arrival.run(command, bytes, Cause.TIMEOUT)).as("%s", arrival)
                    .isEqualTo(new Passed(consumed, Map.of()));
        }
        assertThat(findings.lines()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void containsFindsTheFirstOccurrenceAsAPlainSearchDoes(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            String message = letters(random, 1 + random.nextInt(6));
            String sent = letters(random, random.nextInt(24));
            int found = sent.indexOf(message);
            byte[] bytes = bytes(sent);

            for (Arrival arrival : Arrival.all(bytes.length)) {
                StepResult result = arrival.run(expect(message, Match.CONTAINS, false), bytes, Cause.ENDED);
                if (found >= 0) {
                    assertThat(result).as("seed %d: %s in %s", seed, message, sent)
                            .isEqualTo(new Passed(found + message.length(), Map.of()));
                } else {
                    assertThat(((Failed) result).differed()).as("seed %d: %s in %s", seed, message, sent)
                            .isEqualTo(firstDifference(message, sent));
                }
            }
        }
    }

    /** By trying every start: the byte after the longest beginning, the first of those that are equally long. */
    private static int firstDifference(String message, String sent) {
        int longest = -1;
        int differed = -1;
        for (int start = 0; start <= sent.length(); start++) {
            int matched = 0;
            while (start + matched < sent.length() && sent.charAt(start + matched) == message.charAt(matched)) {
                matched++;
            }
            if (matched > longest && (start < sent.length() || longest < 0)) {
                longest = matched;
                differed = start + matched < sent.length() ? start + matched : -1;
            }
        }
        return differed;
    }

    private static String letters(Random random, int length) {
        return random.ints(length, 'a', 'c').collect(StringBuilder::new, StringBuilder::appendCodePoint,
                StringBuilder::append).toString();
    }

    @ParameterizedTest
    @CsvSource({
        "CONTAINS, +PONG,       '',                  -1",
        "CONTAINS, +PONG,       +PO,                 -1",
        "CONTAINS, +PONG,       +PANG,               2",
        "CONTAINS, +PONG,       xxxxx,               0",
        "CONTAINS, role:master, role:slave~,         5",
        "CONTAINS, role:master, r~role:m~role:mx,    8",
        "CONTAINS, role:master, role:slave~role:mas, -1",
        "CONTAINS, aab,         aaaa,                2",
        "PREFIX,   +PONG,       +PO,                 -1",
        "PREFIX,   +PONG,       +PANG,               2",
        "PREFIX,   +PONG,       x+PONG,              0",
        "EXACT,    +PONG,       +PO,                 -1",
        "EXACT,    +PONG,       +PANG,               2",
        "REGEX,    a+b,         aaaa,                -1",
    })
    void aFailureNamesTheFirstByteThatDiffersHoweverItArrives(Match match, String message, String sent, int differed) {
        PreparedCommand command = expect(message, match, false);
        byte[] bytes = bytes(sent);

        for (Arrival arrival : Arrival.all(bytes.length)) {
            for (Cause last : List.of(Cause.TIMEOUT, Cause.ENDED)) {
                assertThat(arrival.run(command, bytes, last)).as("%s", arrival)
                        .isInstanceOfSatisfying(Failed.class, failed -> {
                            assertThat(failed.differed()).isEqualTo(differed);
                            assertThat(failed.reason()).isNotBlank();
                        });
            }
        }
    }

    @Test
    void aWrongPrefixFailsAtOnceInsteadOfAtTheDeadline() {
        for (Match match : List.of(Match.PREFIX, Match.EXACT)) {
            StepResult result = look(expect("+PONG", match, false), "-ERR", Cause.BYTES);

            assertThat(result).isEqualTo(new Failed("the target answered something else than \"+PONG\"", 0));
        }
    }

    @Test
    void exactFailsOnBytesThatCameTogetherWithTheMessage() {
        assertThat(look(expect("+OK", Match.EXACT, false), "+OK and more", Cause.BYTES))
                .isInstanceOfSatisfying(Failed.class, failed -> assertThat(failed.differed()).isEqualTo(3));
    }

    @Test
    void exactLeavesBytesThatComeLaterToTheNextStep() {
        StepResult result = new Arrival(List.of(0, 2, 3, 8)).run(expect("+OK", Match.EXACT, false), bytes("+OK+PONG"),
                Cause.TIMEOUT);

        assertThat(result).isEqualTo(new Passed(3, Map.of()));
    }

    @Test
    void whatComesWithTheEndOfTheStreamStillCounts() {
        for (Cause cause : List.of(Cause.ENDED, Cause.TIMEOUT)) {
            assertThat(look(expect("+OK", Match.CONTAINS, false), "+OK", cause)).isEqualTo(new Passed(3, Map.of()));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "CONTAINS, LOADING",
        "PREFIX,   -LOADING",
        "EXACT,    -LOADING",
        "REGEX,    L[A-Z]+ING",
    })
    void notFailsAtOnceWhenTheMessageComes(Match match, String message) {
        byte[] sent = bytes("-LOADING");
        for (Arrival arrival : Arrival.all(sent.length)) {
            assertThat(arrival.run(expect(message, match, true), sent, Cause.TIMEOUT)).as("%s", arrival)
                    .isInstanceOfSatisfying(Failed.class,
                            failed -> assertThat(failed.reason()).endsWith("came, which must not come"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "CONTAINS, LOADING, +OK",
        "CONTAINS, LOADING, ''",
        "CONTAINS, LOADING, LOADIN",
        "PREFIX,   LOADING, -LOADING",
        "EXACT,    LOADING, +OK",
        "REGEX,    LO+P,    LLLL",
    })
    void notPassesOnlyWhenTheTimeIsOverOrTheStreamEnds(Match match, String message, String text) {
        byte[] sent = bytes(text);
        PreparedCommand command = expect(message, match, true);

        assertThat(look(command, text, Cause.BYTES)).isSameAs(StepResult.NEED_MORE);
        for (Arrival arrival : Arrival.all(sent.length)) {
            assertThat(arrival.run(command, sent, Cause.TIMEOUT)).isEqualTo(StepResult.PASSED);
            assertThat(arrival.run(command, sent, Cause.ENDED)).isEqualTo(StepResult.PASSED);
        }
    }

    @Test
    void hexIsComparedAsBytesThatAreNoText() {
        PreparedCommand command = new ExpectCommand()
                .prepare(new ExpectConfig(null, "ff 00 C3", Match.PREFIX, false), findings);
        byte[] sent = {(byte) 0xff, 0, (byte) 0xc3, 1};

        for (Arrival arrival : Arrival.all(sent.length)) {
            assertThat(arrival.run(command, sent, Cause.TIMEOUT)).isEqualTo(new Passed(3, Map.of()));
        }
        assertThat(command.expectation()).isEqualTo("hex ff 00 c3");
    }

    @Test
    void aPatternSeesEachByteOfABinaryAnswer() {
        PreparedCommand command = expect("\\xf0native", Match.REGEX, false);
        byte[] sent = "\u00ff\u00e2\u00f0native".getBytes(StandardCharsets.ISO_8859_1);

        assertThat(new Arrival(List.of(sent.length)).run(command, sent, Cause.TIMEOUT))
                .isEqualTo(new Passed(9, Map.of()));
    }

    @Test
    void aPatternThatMakesOthersBacktrackForEverIsDecidedInLinearTime() {
        String sent = "a".repeat(64 * 1024);

        assertThat(look(expect("(a*)*b", Match.REGEX, false), sent, Cause.ENDED)).isInstanceOf(Failed.class);
    }

    @Test
    void aFullBufferIsSaidToBeFull() {
        byte[] sent = new byte[64 * 1024];
        Arrays.fill(sent, (byte) '.');

        assertThat(new Arrival(List.of(1, 100, sent.length)).run(expect("+OK", Match.CONTAINS, false), sent, Cause.ENDED))
                .isEqualTo(new Failed("\"+OK\" did not come before 64 KiB were unread; 65536 bytes came", 0));
    }

    @Test
    void notDoesNotPassOnAFullBufferAsNobodyKnowsWhatFollows() {
        byte[] sent = new byte[64 * 1024];

        assertThat(new Arrival(List.of(1, sent.length)).run(expect("+OK", Match.CONTAINS, true), sent, Cause.ENDED))
                .isInstanceOf(Failed.class);
        assertThat(new Arrival(List.of(1, sent.length)).run(expect("+OK", Match.CONTAINS, true), sent, Cause.TIMEOUT))
                .isEqualTo(StepResult.PASSED);
    }

    @Test
    void oneRunKnowsNothingOfAnother() {
        PreparedCommand command = expect("abc", Match.CONTAINS, false);

        assertThat(look(command, "ab", Cause.TIMEOUT)).isInstanceOf(Failed.class);
        assertThat(look(command, "c", Cause.TIMEOUT)).isInstanceOf(Failed.class);
        assertThat(look(command, "abc", Cause.TIMEOUT)).isEqualTo(new Passed(3, Map.of()));
    }

    @Test
    void theTranscriptLearnsWhatWasExpected() {
        assertThat(expect("+OK", Match.CONTAINS, false).expectation()).isEqualTo("+OK");
        assertThat(expect("+OK", Match.PREFIX, true).expectation()).isEqualTo("not +OK");
        assertThat(expect("a|b", Match.REGEX, false).expectation()).isEqualTo("/a|b/");
    }

    private PreparedCommand expect(String message, Match match, boolean not) {
        return new ExpectCommand().prepare(
                new ExpectConfig(message.replace('~', '\n'), null, match, not), findings);
    }

    private static StepResult look(PreparedCommand command, String sent, Cause cause) {
        return command.begin().examine(ByteBuffer.wrap(bytes(sent)).asReadOnlyBuffer(), cause);
    }

    private static byte[] bytes(String sent) {
        return sent.replace('~', '\n').getBytes(StandardCharsets.UTF_8);
    }
}
