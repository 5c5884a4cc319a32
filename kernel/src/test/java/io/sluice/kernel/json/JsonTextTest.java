package io.sluice.kernel.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
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
}
