package io.sluice.kernel.config;

import io.sluice.kernel.config.RecordShape.Part;
import io.sluice.kernel.json.JsonValue;
import io.sluice.kernel.json.JsonValue.JsonArray;
import io.sluice.kernel.json.JsonValue.JsonNull;
import io.sluice.kernel.json.JsonValue.JsonObject;
import io.sluice.kernel.json.JsonValue.JsonString;
import io.sluice.kernel.json.JsonValue.Member;
import io.sluice.kernel.json.PlainValues;
import io.sluice.kernel.problem.Place;
import io.sluice.kernel.problem.Problem;
import io.sluice.spi.config.Default;
import io.sluice.spi.config.Material;
import io.sluice.spi.config.OneOrMany;
import io.sluice.spi.config.Required;
import io.sluice.spi.config.Shorthand;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Binds JSON to records by the rules of {@link io.sluice.spi.config.Configured}. Goes on after a mistake, with the
 * default in its place, so that all of them are found at once.
 */
public final class RecordBinder {

    private static final int DEEPEST = 16;
    /** The next step where nothing more is known. */
    static final String CORRECT = "correct the value, or remove it";

    private final UnknownFields unknown;
    private final Materials materials;
    private final Consumer<Problem> problems;
    private int mistakes;
    private boolean complete = true;
    private String root = "value";

    RecordBinder(UnknownFields unknown, Consumer<Problem> problems) {
        this(unknown, Materials.NONE, problems);
    }

    /**
     * @param name what a message calls a value that is no object
     */
    RecordBinder(UnknownFields unknown, String name, Consumer<Problem> problems) {
        this(unknown, Materials.NONE, problems);
        this.root = name;
    }

    private RecordBinder(UnknownFields unknown, Materials materials, Consumer<Problem> problems) {
        this.unknown = unknown;
        this.materials = materials;
        this.problems = problems;
    }

    /** Binds a value; unknown fields are warnings. */
    public static <R extends Record> Bound<R> bind(JsonValue value, Class<R> type, Consumer<Problem> problems) {
        return bind(value, type, "value", problems);
    }

    /**
     * Binds a value; unknown fields are warnings.
     *
     * @param name what a message calls a value that is no object
     */
    public static <R extends Record> Bound<R> bind(JsonValue value, Class<R> type, String name,
            Consumer<Problem> problems) {
        return bind(value, type, name, Materials.NONE, problems);
    }

    /**
     * Binds a value; unknown fields are warnings.
     *
     * @param name      what a message calls a value that is no object
     * @param materials where files come from that it refers to
     */
    public static <R extends Record> Bound<R> bind(JsonValue value, Class<R> type, String name, Materials materials,
            Consumer<Problem> problems) {
        RecordBinder binder = new RecordBinder(UnknownFields.warn(problems), materials, problems);
        binder.root = name;
        return binder.bind(value, type);
    }

    /** A value as a message shows it: short, and never a secret. */
    public static String shown(String field, JsonValue value) {
        return Scalars.shown(field, value);
    }

    /** Reports a value that is neither {@code true} nor {@code false}. */
    public static void checkBoolean(JsonValue value, String field, Consumer<Problem> problems) {
        if (Scalars.convert(value, boolean.class, null) instanceof Scalars.Wrong wrong) {
            new RecordBinder(UnknownFields.warn(problems), problems).wrong(value, field, wrong);
        }
    }

    /** The timeout of a probe or one of its steps; empty after an error. */
    public static Optional<Duration> probeTimeout(JsonValue value, String field, Consumer<Problem> problems) {
        Optional<Duration> timeout = value instanceof JsonString text ? Durations.parse(text.text())
                : value instanceof JsonValue.JsonNumber number ? Durations.ofProbeTimeout(number.value())
                : Optional.empty();
        if (timeout.isEmpty()) {
            problems.accept(Problem.error("bad_value", value.place(), field + ": " + Scalars.shown(field, value)
                    + " (expected: " + Durations.PROBE_RULE + ")", Durations.BOUNDS));
        }
        return timeout;
    }

    <R extends Record> Bound<R> bind(JsonValue value, Class<R> type) {
        R bound = type.cast(record(value, type, "", 0));
        return new Bound<>(bound, mistakes == 0 && bound != null, complete && bound != null);
    }

    /** The JSON name of a component. */
    static String jsonName(RecordComponent component) {
        return PlainValues.name(component);
    }

    /** The JSON names that a record knows. */
    static Set<String> names(Class<?> type) {
        return RecordShape.of(type).names();
    }

    private Object record(JsonValue value, Class<?> type, String path, int depth) {
        JsonObject object = asObject(value, type, path);
        if (object == null) {
            return depth > DEEPEST ? null : record(new JsonObject(value.place(), Map.of()), type, path, depth + 1);
        }
        int before = mistakes;
        RecordShape shape = RecordShape.of(type);
        Set<String> known = shape.names();
        object.members().forEach((name, member) -> {
            if (!known.contains(name) && shape.strict()) {
                mistakes++;
                problems.accept(UnknownFields.error(path, name, member, known));
            } else if (!known.contains(name)) {
                unknown.found(path, name, member, known);
            }
        });
        Object[] arguments = new Object[shape.parts().size()];
        for (int i = 0; i < arguments.length; i++) {
            Part part = shape.parts().get(i);
            boolean shorthand = object != value && part.component().isAnnotationPresent(Shorthand.class) && !path.isEmpty();
            arguments[i] = part.isSource() ? object : component(object, part,
                    shorthand ? path.substring(0, path.length() - 1) : path + part.name(), depth);
        }
        return construct(shape.constructor(), arguments, value.place(), path, mistakes == before);
    }

    private JsonObject asObject(JsonValue value, Class<?> type, String path) {
        if (value instanceof JsonObject object) {
            return object;
        }
        for (Part part : RecordShape.of(type).parts()) {
            if (part.component().isAnnotationPresent(Shorthand.class)) {
                return new JsonObject(value.place(), Map.of(part.name(), new Member(value.place(), value)));
            }
        }
        wrong(value, path.isEmpty() ? root : path.substring(0, path.length() - 1), inBraces(names(type)));
        return null;
    }

    private static Scalars.Wrong inBraces(Set<String> names) {
        return new Scalars.Wrong("an object in braces", names.isEmpty() ? "write it as { \"…\": … }"
                : "write its fields in braces: { \"" + names.iterator().next() + "\": … }");
    }

    private Object component(JsonObject object, Part part, String path, int depth) {
        RecordComponent component = part.component();
        JsonValue value = object.get(part.name());
        if (value == null || value instanceof JsonNull) {
            if (component.isAnnotationPresent(Required.class)) {
                mistakes++;
                complete = false;
                problems.accept(Problem.error("missing_field", object.place(), path + " is missing (expected: "
                        + kind(component) + ")", "add \"" + jsonName(component) + "\": …"));
            }
            return absent(component.getType(), component, object.place(), path, depth);
        }
        if (component.isAnnotationPresent(OneOrMany.class) && !(value instanceof JsonArray)) {
            value = new JsonArray(value.place(), List.of(value));
        }
        if (component.isAnnotationPresent(Required.class) && value instanceof JsonString s && s.text().isEmpty()
                && component.getType() != Material.class) {
            wrong(value, path, Scalars.placeholder(""));
        }
        Object bound = value(value, component.getGenericType(), component, path, depth);
        complete &= bound != null || !component.isAnnotationPresent(Required.class);
        return bound == null ? absent(component.getType(), component, object.place(), path, depth) : bound;
    }

    /** The Java value, or {@code null} after an error. */
    private Object value(JsonValue value, Type type, RecordComponent component, String path, int depth) {
        Class<?> raw = (Class<?>) (type instanceof ParameterizedType generic ? generic.getRawType() : type);
        if (raw.isInstance(value)) {
            return value;
        }
        if (JsonValue.class.isAssignableFrom(raw)) {
            return wrong(value, path, raw == JsonArray.class ? inBrackets() : inBraces(Set.of()));
        }
        if (raw == ExtensionRef.class) {
            return extension(value, path);
        }
        if (raw == Material.class) {
            return material(value, path);
        }
        if (raw == List.class) {
            return list(value, ((ParameterizedType) type).getActualTypeArguments()[0], component, path, depth);
        }
        if (raw == Map.class) {
            return map(value, ((ParameterizedType) type).getActualTypeArguments()[1], component, path, depth);
        }
        if (raw.isRecord()) {
            return record(value, raw, path + ".", depth + 1);
        }
        if (!Scalars.isScalar(raw)) {
            throw new IllegalStateException(component + " has a type that cannot be bound: " + raw);
        }
        Object converted = Scalars.convert(value, raw, component);
        return converted instanceof Scalars.Wrong wrong ? wrong(value, path, wrong) : converted;
    }

    private static Scalars.Wrong inBrackets() {
        return new Scalars.Wrong("an array in brackets", "write its entries in brackets: [ … ]");
    }

    /** In words, what a component takes. */
    private static String kind(RecordComponent component) {
        Class<?> type = component.getType();
        return type == String.class || type == Material.class ? "a string" : type == List.class ? "an array in brackets"
                : type == Map.class || type.isRecord() ? "an object in braces" : type == boolean.class ? "true or false"
                : type == Duration.class ? "a duration" : type.isEnum() ? "a name" : "a number";
    }

    private Object list(JsonValue value, Type element, RecordComponent component, String path, int depth) {
        if (!(value instanceof JsonArray array)) {
            return wrong(value, path, inBrackets());
        }
        List<Object> list = new ArrayList<>();
        for (int i = 0; i < array.elements().size(); i++) {
            JsonValue item = array.elements().get(i);
            String at = path + "[" + i + "]";
            // of a material that is missing, its extension would only say so
            complete &= !(item instanceof JsonNull && element == Material.class);
            Object bound = item instanceof JsonNull ? wrong(item, at, new Scalars.Wrong("a value", "remove it"))
                    // of a material that is said when it is looked for
                    : item instanceof JsonString s && s.text().isEmpty() && element != Material.class
                            ? wrong(item, at, Scalars.placeholder(""))
                    : value(item, element, component, at, depth);
            if (bound != null) {
                list.add(bound);
            }
        }
        return List.copyOf(list);
    }

    private Object map(JsonValue value, Type element, RecordComponent component, String path, int depth) {
        if (!(value instanceof JsonObject object)) {
            return wrong(value, path, inBraces(Set.of()));
        }
        Map<String, Object> map = new LinkedHashMap<>();
        object.members().forEach((name, member) -> {
            Object bound = member.value() instanceof JsonNull ? null
                    : value(member.value(), element, component, path + "." + name, depth);
            if (bound != null) {
                map.put(name, bound);
            }
        });
        return java.util.Collections.unmodifiableMap(map);
    }

    /** What cannot be found leaves the record incomplete: the extension would only say that it is missing. */
    private Object material(JsonValue value, String path) {
        if (!(value instanceof JsonString string)) {
            complete = false;
            return wrong(value, path, new Scalars.Wrong("a file, the id of a certificate, or PEM text", "write it in double quotes"));
        }
        if (Scalars.isPlaceholder(string.text()) || string.text().isEmpty()) {
            complete = false;
            return wrong(value, path, Scalars.placeholder(string.text()));
        }
        Materials.Answer answer = materials.find(string.text());
        if (answer instanceof Materials.NotFound why) {
            complete = false;
            return wrong(value, path, new Scalars.Wrong(why.rule(), why.hint()));
        }
        return ((Materials.Found) answer).material();
    }

    private Object extension(JsonValue value, String path) {
        if (value instanceof JsonString string) {
            return new ExtensionRef(string.text(), new JsonObject(value.place(), Map.of()), value.place());
        }
        if (value instanceof JsonObject object && object.get("name") instanceof JsonString name) {
            Map<String, Member> rest = new LinkedHashMap<>(object.members());
            rest.remove("name");
            return new ExtensionRef(name.text(), new JsonObject(object.place(), rest), name.place());
        }
        return wrong(value, path, new Scalars.Wrong("a name, or { \"name\": \u2026 } with its fields",
                value instanceof JsonObject ? "add \"name\": \u2026" : "write the name in double quotes"));
    }

    private Object absent(Class<?> type, RecordComponent component, Place place, String path, int depth) {
        Default text = component.getAnnotation(Default.class);
        if (text != null) {
            return fromText(text.value(), type, component);
        }
        if (type == List.class) {
            return List.of();
        }
        if (type == Map.class) {
            return Map.of();
        }
        if (type.isRecord() && type != ExtensionRef.class && !JsonValue.class.isAssignableFrom(type)
                && RecordShape.of(type).requiresNothing()) {
            return depth > DEEPEST ? null : record(new JsonObject(place, Map.of()), type, path + ".", depth + 1);
        }
        return type == boolean.class ? (Object) false : type == int.class ? (Object) 0 : type == long.class
                ? (Object) 0L : type == double.class ? (Object) 0.0 : null;
    }

    private static Object fromText(String text, Class<?> type, RecordComponent component) {
        boolean number = type == int.class || type == Integer.class || type == long.class || type == Long.class
                || type == double.class || type == Double.class;
        JsonValue value = number ? new JsonValue.JsonNumber(Place.NONE, new BigDecimal(text))
                : type == boolean.class || type == Boolean.class
                        ? new JsonValue.JsonBoolean(Place.NONE, Boolean.parseBoolean(text))
                        : new JsonString(Place.NONE, text, text);
        Object converted = Scalars.convert(value, type, component);
        if (converted instanceof Scalars.Wrong wrong) {
            throw new IllegalStateException(component + " has a default that is not " + wrong.rule());
        }
        return converted;
    }

    /**
     * The record, or {@code null} after an error.
     *
     * @param asWritten whether the arguments are what is written: else what the record says is about a default
     */
    private Object construct(Constructor<?> constructor, Object[] arguments, Place place, String path, boolean asWritten) {
        try {
            return constructor.newInstance(arguments);
        } catch (InvocationTargetException e) {
            mistakes++;
            if (!asWritten) {
                return null;
            }
            if (!(e.getCause() instanceof IllegalArgumentException refused)) {
                throw new IllegalStateException("the constructor of " + constructor.getDeclaringClass().getName()
                        + " failed: " + e.getCause(), e.getCause());
            }
            String at = path.isEmpty() ? "" : path.substring(0, path.length() - 1) + ": ";
            problems.accept(Problem.error("bad_value", place, at + refused.getMessage(), CORRECT));
            return null;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(constructor + " cannot be called", e);
        }
    }

    private Object wrong(JsonValue value, String path, Scalars.Wrong wrong) {
        mistakes++;
        problems.accept(Problem.error(wrong.rule().contains("placeholder") ? "placeholder" : "bad_value", value.place(),
                path + ": " + Scalars.shown(path, value) + " (expected: " + wrong.rule() + ")", wrong.hint()));
        return null;
    }
}
