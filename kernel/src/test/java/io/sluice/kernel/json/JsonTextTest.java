package io.sluice.kernel.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class JsonTextTest {

    /** Seen from nowhere else, as a plugin's records are. */
    private record Outer(String firstName, Optional<Inner> public_, List<Inner> many) {
    }

    private record Inner(long count) {
    }

    @Test
    void recordsAreWrittenByTheirComponentsEachTime() {
        Outer value = new Outer("a", Optional.of(new Inner(1)), List.of(new Inner(2), new Inner(3)));
        for (int i = 0; i < 2; i++) {
            assertThat(JsonText.write(value))
                    .isEqualTo("{\"first_name\":\"a\",\"public\":{\"count\":1},\"many\":[{\"count\":2},{\"count\":3}]}");
        }
        assertThat(JsonText.write(new Outer(null, Optional.empty(), List.of())))
                .isEqualTo("{\"first_name\":null,\"public\":null,\"many\":[]}");
    }

    @Test
    void numbersOfEveryKindAreWrittenAsTheyAre() {
        List<Number> numbers = List.of(1, 2L, (short) 3, (byte) 4, 0.5, 0.25f, new BigDecimal("1.50"),
                new BigInteger("123456789012345678901234567890"), new AtomicLong(7));
        assertThat(JsonText.write(numbers)).isEqualTo("[1,2,3,4,0.5,0.25,1.50,123456789012345678901234567890,7]");
    }

    @Test
    void whatIsNoValueIsWrittenAsItsTextAndAnEnumInLowerCase() {
        Map<Object, Object> map = new LinkedHashMap<>();
        map.put("state", Thread.State.TIMED_WAITING);
        map.put(1, Instant.EPOCH);
        map.put("mark", "\"<\u0001\u00e9");
        assertThat(JsonText.write(map)).isEqualTo("{\"state\":\"timed_waiting\",\"1\":\"1970-01-01T00:00:00Z\","
                + "\"mark\":\"\\\"<\\u0001\u00e9\"}");
    }

    @Test
    void linesForPeopleAreIndented() {
        assertThat(JsonText.pretty(Map.of("a", List.of(1, Map.of())))).isEqualTo("""
                {
                  "a" : [
                    1,
                    { }
                  ]
                }
                """);
    }
}
