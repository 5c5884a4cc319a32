package io.sluice.plugins.adminhttp.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.spi.admin.AdminRequest;
import io.sluice.spi.control.Expectation;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ConditionsTest {

    @Test
    void whatIsSaidIsUnderstood() {
        assertThat(of(Map.of())).isEqualTo(new Expectation.Unstated());
        assertThat(of(Map.of("if-match", List.of(" * ")))).isEqualTo(new Expectation.Present());
        assertThat(of(Map.of("if-none-match", List.of("*")))).isEqualTo(new Expectation.Absent());
        assertThat(of(Map.of("if-match", List.of("\"a\"")))).isEqualTo(new Expectation.Tagged(Set.of("\"a\"")));
        assertThat(of(Map.of("if-match", List.of("\"a\",\"b,c\"", "\"d\""))))
                .isEqualTo(new Expectation.Tagged(Set.of("\"a\"", "\"b,c\"", "\"d\"")));
    }

    @Test
    void weakTagsAndJunkMatchNothing() {
        for (String junk : List.of("W/\"a\"", "a", "\"a", "", ",", "**", "\"a b\"")) {
            assertThat(of(Map.of("if-match", List.of(junk)))).as(junk).isEqualTo(new Expectation.Tagged(Set.of()));
        }
    }

    @Test
    void whoHasTheContentIsToldThatItIsTheSame() {
        for (String known : List.of("\"a\"", "W/\"a\"", "\"b\", \"a\"", " * ")) {
            assertThat(isKnown(known)).as(known).isTrue();
        }
        for (String other : List.of("\"b\"", "a", "", "\"a")) {
            assertThat(isKnown(other)).as(other).isFalse();
        }
    }

    private static boolean isKnown(String header) {
        return Conditions.isKnown(new AdminRequest("GET", "/", Map.of(), Map.of(), Map.of("if-none-match", List.of(header)),
                new byte[0]), "\"a\"");
    }

    private static Expectation of(Map<String, List<String>> headers) {
        return Conditions.of(new AdminRequest("PUT", "/", Map.of(), Map.of(), headers, new byte[0]));
    }
}
