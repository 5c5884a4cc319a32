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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An extension's findings as problems, each at the place of the field that it names. */
public final class FindingsSink implements Findings {

    private static final Pattern STEP = Pattern.compile("([A-Za-z0-9_]+)|\\[(\\d{1,9})\\]|\\[\"([^\"]*)\"\\]");

    private final JsonValue origin;
    private final Consumer<Problem> problems;
    private final Consumer<Instant> moments;

    /**
     * @param origin   what the extension's record was bound from
     * @param problems takes the problems
     * @param moments  takes the moments until which they hold
     */
    public FindingsSink(JsonValue origin, Consumer<Problem> problems, Consumer<Instant> moments) {
        this.origin = origin;
        this.problems = problems;
        this.moments = moments;
    }

    @Override
    public void holdsUntil(Instant moment) {
        moments.accept(Objects.requireNonNull(moment, "moment"));
    }

    @Override
    public void error(String field, String message, String hint) {
        problems.accept(Problem.error("bad_value", place(field), named(field, message), hint));
    }

    @Override
    public void warning(String field, String message, String hint) {
        problems.accept(Problem.warning("doubtful_value", place(field), named(field, message), hint));
    }

    /** Some authors name the field themselves; it is said once. */
    private static String named(String field, String message) {
        return field.isEmpty() || message.startsWith(field + ":") ? message : field + ": " + message;
    }

    /** The place of the field, or of the nearest thing around it that exists. */
    private Place place(String field) {
        JsonValue value = origin;
        Matcher steps = STEP.matcher(field);
        while (steps.find()) {
            String name = steps.group(1) != null ? steps.group(1) : steps.group(3);
            JsonValue next = name != null
                    ? value instanceof JsonObject object ? object.get(name) : null
                    : value instanceof JsonArray array && Integer.parseInt(steps.group(2)) < array.elements().size()
                            ? array.elements().get(Integer.parseInt(steps.group(2))) : null;
            if (next == null) {
                break;
            }
            value = next;
        }
        return value.place();
    }
}
