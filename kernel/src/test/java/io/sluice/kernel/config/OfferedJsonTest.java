package io.sluice.kernel.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.sluice.spi.config.Default;
import io.sluice.spi.config.Required;
import io.sluice.spi.json.Json;
import io.sluice.spi.json.JsonException;
import io.sluice.spi.json.JsonMistake;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OfferedJsonTest {

    private final Json json = new OfferedJson();

    private enum Side {
        CLIENT, UPSTREAM
    }

    private record Question(@Required int port, String serverName, @Default("client") Side side) {
    }

    private record Reply(Optional<String> reason, Optional<String> nothing, Side theSide, List<Question> questions) {
    }

    @Test
    void readsPlainValues() throws JsonException {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("b", null);
        object.put("a", Arrays.asList(1L, new BigDecimal("1.5"), "\u00e9\u0000", true, null, Map.of()));

        assertThat(json.read("{\"b\": null, \"a\": [1, 1.5, \"\u00e9\\u0000\", true, null, {}]}")).isEqualTo(object);
        assertThat(json.read(" -0 ")).isEqualTo(0L);
        assertThat(json.read("9223372036854775807")).isEqualTo(Long.MAX_VALUE);
        assertThat(json.read("9223372036854775808")).isEqualTo(new BigDecimal("9223372036854775808"));
        assertThat(json.read("1e3")).isEqualTo(1000L);
        assertThat(json.read("1e1000000000")).isEqualTo(new BigDecimal("1e1000000000"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "{", "[1,", "<html></html>", "{\"a\":1,\"a\":2}", "nul", "1 2", "\"\t\""})
    void whatIsNotJsonIsSaidWithItsPlace(String text) {
        assertThat(catchThrowableOfType(JsonException.class, () -> json.read(text)).mistakes()).singleElement()
                .satisfies(mistake -> {
                    assertThat(mistake.message()).isNotBlank();
                    assertThat(mistake.line()).isEqualTo(1);
                });
    }

    @Test
    void depthAndSizeAreBounded() throws JsonException {
        json.read("[".repeat(64) + "]".repeat(64));
        assertThatThrownBy(() -> json.read("[".repeat(65) + "]".repeat(65))).isInstanceOf(JsonException.class);
        assertThatThrownBy(() -> json.read("\"" + "x".repeat(4 * 1024 * 1024) + "\"")).isInstanceOf(JsonException.class);
    }

    @Test
    void bindsRecordsAndNamesEveryMistake() throws JsonException {
        assertThat(json.read("{\"port\": 6379, \"server_name\": \"a\"}", Question.class))
                .isEqualTo(new Question(6379, "a", Side.CLIENT));
        assertThat(catchThrowableOfType(JsonException.class,
                () -> json.read("{\n\"server_nam\": \"a\",\n \"side\": \"left\"}", Question.class)).mistakes())
                .extracting(JsonMistake::pointer, JsonMistake::line)
                .containsExactlyInAnyOrder(tuple("", 1), tuple("/server_nam", 2), tuple("/side", 3));
    }

    @Test
    void writesRecordsInSnakeCaseAndReadsThemBack() throws JsonException {
        Question question = new Question(1, "x\"\n", Side.UPSTREAM);

        assertThat(json.write(new Reply(Optional.of("r"), Optional.empty(), Side.CLIENT, List.of(question))))
                .isEqualTo("{\"reason\":\"r\",\"nothing\":null,\"the_side\":\"client\",\"questions\":"
                        + "[{\"port\":1,\"server_name\":\"x\\\"\\n\",\"side\":\"upstream\"}]}");
        assertThat(json.read(json.write(question), Question.class)).isEqualTo(question);
    }

    @Test
    void whatContainsItselfIsNotWritten() {
        List<Object> endless = new ArrayList<>();
        endless.add(endless);

        assertThatIllegalArgumentException().isThrownBy(() -> json.write(endless));
    }
}
