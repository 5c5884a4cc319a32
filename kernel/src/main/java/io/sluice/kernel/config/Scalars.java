package io.sluice.kernel.config;

import io.sluice.kernel.json.JsonValue;
import io.sluice.kernel.json.JsonValue.JsonArray;
import io.sluice.kernel.json.JsonValue.JsonBoolean;
import io.sluice.kernel.json.JsonValue.JsonNumber;
import io.sluice.kernel.json.JsonValue.JsonObject;
import io.sluice.kernel.json.JsonValue.JsonString;
import io.sluice.spi.config.Default;
import io.sluice.spi.config.OrNumber;
import io.sluice.spi.config.Range;
import io.sluice.spi.config.Spelling;
import java.lang.reflect.AnnotatedElement;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Single values: what they may be, and what is said when they are not. */
final class Scalars {

    private static final Pattern NUMBER = Pattern.compile("\\s*-?\\d+(\\.\\d+)?\\s*");
    private static final Pattern PLACEHOLDER = Pattern.compile("<[\\w .|-]+>");

    /** What is wrong with a value. */
    record Wrong(String rule, String hint) {
    }

    private Scalars() {
    }

    static boolean isScalar(Class<?> type) {
        return type.isPrimitive() || type == String.class || type == Integer.class || type == Long.class
                || type == Boolean.class || type == Double.class || type == Duration.class || type.isEnum();
    }

    /** The Java value, or a {@link Wrong}. */
    static Object convert(JsonValue value, Class<?> type, AnnotatedElement annotations) {
        if (type == String.class) {
            return value instanceof JsonString string ? text(string)
                    : value instanceof JsonNumber number && annotations != null && annotations.isAnnotationPresent(OrNumber.class)
                            ? numberText(number) : new Wrong("a string", quoting(value));
        }
        if (type == boolean.class || type == Boolean.class) {
            return value instanceof JsonBoolean bool ? bool.value() : new Wrong("true or false", truth(value));
        }
        if (type == Duration.class) {
            return duration(value, annotations);
        }
        if (type.isEnum()) {
            return choice(value, type);
        }
        if (type == double.class || type == Double.class) {
            return value instanceof JsonNumber number ? number.value().doubleValue() : new Wrong("a number", quoted(value, "a number"));
        }
        return whole(value, type, annotations);
    }

    private static Object text(JsonString string) {
        return isPlaceholder(string.text()) ? placeholder(string.text()) : string.text();
    }

    private static Object numberText(JsonNumber number) {
        String text = number.value().toString();
        return text.length() > 40 ? new Wrong("a string, or a short number", "write it in double quotes") : text;
    }

    static Wrong placeholder(String text) {
        return new Wrong("a real value; this is a placeholder", text.isEmpty()
                ? "write the value, or remove the empty string" : "write the value in its place");
    }

    /** Whether a string only marks where a value belongs. Words in angle brackets do; a tag of XML does not. */
    static boolean isPlaceholder(String text) {
        return text.equals("...") || text.equals("\u2026") || PLACEHOLDER.matcher(text).matches();
    }

    /** What to do where a string was expected. */
    private static String quoting(JsonValue value) {
        return value instanceof JsonNumber || value instanceof JsonBoolean ? "write it in double quotes"
                : "write one text in double quotes";
    }

    private static String truth(JsonValue value) {
        return value instanceof JsonString string && (string.text().equals("true") || string.text().equals("false"))
                ? "remove the quotes" : "write true or false, without quotes";
    }

    /** What to do where something without quotes was expected. */
    private static String quoted(JsonValue value, String what) {
        return value instanceof JsonString string && NUMBER.matcher(string.text()).matches() ? "remove the quotes"
                : "write " + what + ", without quotes";
    }

    private static Object duration(JsonValue value, AnnotatedElement annotations) {
        boolean probe = annotations != null && annotations.isAnnotationPresent(ProbeTimeout.class);
        Optional<Duration> duration = value instanceof JsonString string ? Durations.parse(string.text())
                : value instanceof JsonNumber number
                        ? probe ? Durations.ofProbeTimeout(number.value()) : Durations.ofSeconds(number.value())
                        : Optional.empty();
        if (duration.isPresent() && duration.get().isZero() && annotations != null
                && annotations.isAnnotationPresent(AboveZero.class)) {
            return new Wrong("a duration above 0", "leave it out to take the default");
        }
        return duration.isPresent() ? duration.get()
                : new Wrong(probe ? Durations.PROBE_RULE : Durations.RULE, Durations.BOUNDS);
    }

    private static Object choice(JsonValue value, Class<?> type) {
        Object[] constants = type.getEnumConstants();
        String text = value instanceof JsonString string ? string.text()
                : value instanceof JsonNumber number ? number.value().toString() : null;
        for (Object constant : constants) {
            if (text != null && spellings(constant).contains(text)) {
                return constant;
            }
        }
        List<String> words = Arrays.stream(constants).map(Scalars::word).toList();
        return new Wrong("one of " + String.join(", ", words), text != null && isPlaceholder(text)
                ? "write one of them in its place" : NearestName.hint(text, words, "write one of them in double quotes"));
    }

    private static String word(Object constant) {
        return spellings(constant).get(0);
    }

    private static List<String> spellings(Object constant) {
        Enum<?> value = (Enum<?>) constant;
        try {
            Spelling spelling = value.getDeclaringClass().getField(value.name()).getAnnotation(Spelling.class);
            return spelling == null ? List.of(value.name().toLowerCase(Locale.ROOT)) : List.of(spelling.value());
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException(value + " is no constant of its own class", e);
        }
    }

    private static Object whole(JsonValue value, Class<?> type, AnnotatedElement annotations) {
        boolean isInt = type == int.class || type == Integer.class;
        long min = isInt ? Integer.MIN_VALUE : Long.MIN_VALUE;
        long max = isInt ? Integer.MAX_VALUE : Long.MAX_VALUE;
        Range range = annotations == null ? null : annotations.getAnnotation(Range.class);
        if (range != null) {
            min = Math.max(min, range.min());
            max = Math.min(max, range.max());
        }
        if (!(value instanceof JsonNumber number)) {
            return new Wrong(range == null ? "a whole number" : "a whole number, " + min + " to " + max,
                    quoted(value, "a whole number"));
        }
        if (!isWhole(number.value())) {
            return new Wrong(range == null ? "a whole number" : "a whole number, " + min + " to " + max,
                    "write a number within these bounds, without a fraction");
        }
        BigDecimal decimal = number.value();
        if (decimal.compareTo(BigDecimal.valueOf(min)) < 0 || decimal.compareTo(BigDecimal.valueOf(max)) > 0) {
            return new Wrong(min + " to " + max, "write a number within these bounds" + orDefault(annotations));
        }
        BigInteger exact = decimal.toBigInteger();
        return isInt ? (Object) exact.intValueExact() : (Object) exact.longValueExact();
    }

    private static String orDefault(AnnotatedElement annotations) {
        Default usual = annotations == null ? null : annotations.getAnnotation(Default.class);
        return usual == null ? "" : ", or leave it out to take " + usual.value();
    }

    /** Bounded before anything is expanded: {@code 1e1000000000} is a short text. */
    private static boolean isWhole(BigDecimal number) {
        if (number.signum() == 0) {
            return true;
        }
        return Math.abs((long) number.precision() - number.scale()) < 40 && number.scale() < 100
                && number.stripTrailingZeros().scale() <= 0;
    }

    /** The value as a message shows it: short, and never a secret. */
    static String shown(String field, JsonValue value) {
        if (value instanceof JsonString string) {
            String text = string.raw();
            if (field.contains("secret") && !field.endsWith("_file") || field.contains("password") || text.contains("PRIVATE KEY")) {
                return "\"***\"";
            }
            String safe = text.codePoints().limit(60)
                    .mapToObj(c -> Character.isISOControl(c) ? String.format("\\u%04x", c) : Character.toString(c))
                    .collect(Collectors.joining());
            return "\"" + safe + (text.length() > 60 ? "\u2026" : "") + "\"";
        }
        if (value instanceof JsonNumber number) {
            String text = number.value().toString();
            return text.length() > 40 ? text.substring(0, 40) + "\u2026" : text;
        }
        if (value instanceof JsonBoolean bool) {
            return String.valueOf(bool.value());
        }
        return value instanceof JsonObject ? "an object" : value instanceof JsonArray ? "an array" : "null";
    }
}
