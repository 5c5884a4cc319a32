package io.sluice.plugins.httpdiscovery;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.spi.json.Json;
import io.sluice.spi.json.JsonException;
import io.sluice.spi.json.JsonMistake;
import java.util.List;

/** Stands for the kernel's JSON. */
final class JacksonJson implements Json {

    private final ObjectMapper mapper = new ObjectMapper()
            .enable(DeserializationFeature.USE_LONG_FOR_INTS, DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS,
                    DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    @Override
    public Object read(String text) throws JsonException {
        try {
            return mapper.readValue(text, Object.class);
        } catch (JsonProcessingException e) {
            throw new JsonException(List.of(new JsonMistake("", e.getLocation().getLineNr(), e.getLocation().getColumnNr(),
                    e.getOriginalMessage(), "")));
        }
    }

    @Override
    public <R extends Record> R read(String text, Class<R> type) {
        throw new UnsupportedOperationException();
    }

    @Override
    public String write(Object value) {
        throw new UnsupportedOperationException();
    }
}
