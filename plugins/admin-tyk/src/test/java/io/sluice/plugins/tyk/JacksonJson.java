package io.sluice.plugins.tyk;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import io.sluice.spi.json.Json;
import io.sluice.spi.json.JsonException;
import io.sluice.spi.json.JsonMistake;
import java.util.List;

/** As the kernel's own JSON, as far as these tests can tell. */
final class JacksonJson implements Json {

    private final ObjectMapper mapper = new ObjectMapper()
            .setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    @Override
    public Object read(String text) throws JsonException {
        return read(text, Object.class, "JSON");
    }

    @Override
    public <R extends Record> R read(String text, Class<R> type) throws JsonException {
        return read(text, type, type.getSimpleName());
    }

    private <T> T read(String text, Class<T> type, String what) throws JsonException {
        try {
            return mapper.readValue(text, type);
        } catch (JsonProcessingException e) {
            throw new JsonException(List.of(new JsonMistake("", e.getLocation() == null ? 0 : e.getLocation().getLineNr(), 0,
                    "no " + what, "")));
        }
    }

    @Override
    public String write(Object value) {
        try {
            return mapper.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
