package io.sluice.kernel.config;

import io.sluice.kernel.json.BadJson;
import io.sluice.kernel.json.JsonReader;
import io.sluice.kernel.json.JsonText;
import io.sluice.kernel.json.JsonValue;
import io.sluice.kernel.json.PlainValues;
import io.sluice.kernel.problem.Problem;
import io.sluice.spi.json.Json;
import io.sluice.spi.json.JsonException;
import io.sluice.spi.json.JsonMistake;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The JSON that plugins are offered. */
public final class OfferedJson implements Json {

    @Override
    public Object read(String text) throws JsonException {
        return PlainValues.of(parse(text));
    }

    @Override
    public <R extends Record> R read(String text, Class<R> type) throws JsonException {
        JsonValue value = parse(text);
        List<Problem> problems = new ArrayList<>();
        Bound<R> bound = RecordBinder.bind(value, type, problems::add);
        if (!bound.valid() || !problems.isEmpty()) {
            throw new JsonException(problems.stream().map(OfferedJson::mistake).toList());
        }
        return bound.value();
    }

    @Override
    public String write(Object value) {
        return JsonText.write(value);
    }

    private static JsonValue parse(String text) throws JsonException {
        try {
            return JsonReader.read("", text, Optional.empty());
        } catch (BadJson e) {
            throw new JsonException(e.problems().stream().map(OfferedJson::mistake).toList());
        }
    }

    private static JsonMistake mistake(Problem problem) {
        return new JsonMistake(problem.place().pointer(), problem.place().line(), problem.place().column(),
                problem.message(), problem.hint());
    }
}
