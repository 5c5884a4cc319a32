package io.sluice.kernel.config;

import io.sluice.kernel.json.JsonValue;
import io.sluice.kernel.json.JsonValue.JsonArray;
import io.sluice.kernel.json.JsonValue.JsonObject;
import io.sluice.kernel.problem.Place;
import io.sluice.kernel.problem.Problem;
import io.sluice.spi.config.Findings;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An extension's findings as problems, each at the place of the field that it names. */
public final class FindingsSink implements Findings {

    private static final Pattern STEP = Pattern.compile("([A-Za-z0-9_]+)|\\[(\\d{1,9})\\]|\\[\"([^\"]*)\"\\]");

    private final JsonValue origin;
    private final Consumer<Problem> problems;
    private final Consumer<Problem> placed;
    private final Consumer<Instant> moments;

    /**
     * @param origin   what the extension's record was bound from
     * @param problems takes the problems
     * @param placed   is shown those beforehand whose very field is written, so that they stand at it
     * @param moments  takes the moments until which they hold
     */
    public FindingsSink(JsonValue origin, Consumer<Problem> problems, Consumer<Problem> placed, Consumer<Instant> moments) {
        this.origin = origin;
        this.problems = problems;
        this.placed = placed;
        this.moments = moments;
    }

    @Override
    public void holdsUntil(Instant moment) {
        moments.accept(Objects.requireNonNull(moment, "moment"));
    }

    @Override
    public void error(String field, String message, String hint) {
        found(field, place -> Problem.error("bad_value", place, named(field, message), step(hint)));
    }

    @Override
    public void warning(String field, String message, String hint) {
        found(field, place -> Problem.warning("doubtful_value", place, named(field, message), step(hint)));
    }

    /** Not every author says what to do next. */
    private static String step(String hint) {
        return hint == null || hint.isBlank() ? RecordBinder.CORRECT : hint;
    }

    /** Some authors name the field themselves; it is said once. */
    private static String named(String field, String message) {
        return field.isEmpty() || message.startsWith(field + ":") ? message : field + ": " + message;
    }

    /** At the place of the field, or of the nearest thing around it that exists. */
    private void found(String field, Function<Place, Problem> problem) {
        JsonValue value = origin;
        boolean written = !field.isEmpty();
        Matcher steps = STEP.matcher(field);
        while (steps.find()) {
            String name = steps.group(1) != null ? steps.group(1) : steps.group(3);
            JsonValue next = name != null
                    ? value instanceof JsonObject object ? object.get(name) : null
                    : value instanceof JsonArray array && Integer.parseInt(steps.group(2)) < array.elements().size()
                            ? array.elements().get(Integer.parseInt(steps.group(2))) : null;
            if (next == null) {
                written = false;
                break;
            }
            value = next;
        }
        Problem found = problem.apply(value.place());
        if (written) {
            placed.accept(found);
        }
        problems.accept(found);
    }
}
