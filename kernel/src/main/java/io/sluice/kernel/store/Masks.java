package io.sluice.kernel.store;

import io.sluice.kernel.json.JsonValue;
import io.sluice.kernel.json.JsonValue.JsonArray;
import io.sluice.kernel.json.JsonValue.JsonBoolean;
import io.sluice.kernel.json.JsonValue.JsonObject;
import io.sluice.kernel.json.JsonValue.JsonString;
import io.sluice.kernel.json.JsonValue.Member;
import io.sluice.kernel.json.PlainValues;
import io.sluice.kernel.problem.Problem;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the outside does not see of a definition: strings that hold a private key or a URL with a password, those of
 * members that are called a password, those of {@code headers}, and what stands beside {@code "secret": true}. They are
 * shown as {@code "***"}. A changed definition that carries the mask keeps what is stored.
 *
 * <p>An entry of an array that comes back as it was shown keeps its own secret, wherever it stands now: entries may be added,
 * moved and taken away around it. Of all others (those that were edited, and those that look alike if their number is
 * another one) the first that carries a mask stands for the first secret, the second for the second. If their numbers
 * differ, nobody can tell which is meant, and the change is refused.
 */
public final class Masks {

    /** What stands in a secret's place. */
    public static final String MASK = "***";

    private static final Set<String> SECRET_NAMES = Set.of("password", "passphrase", "secret", "token");

    /** What may hold a secret beside {@code "secret": true}. */
    private static final Set<String> SAID_TO_BE_SECRET = Set.of("message", "hex");

    private static final Pattern AUTHORITY = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*+://([^/?#]*+)");

    private Masks() {
    }

    /** The value as the outside may see it. */
    public static JsonValue mask(JsonValue value) {
        return mask(value, "");
    }

    private static JsonValue mask(JsonValue value, String name) {
        if (value instanceof JsonObject object) {
            Map<String, Member> members = new LinkedHashMap<>();
            object.members().forEach((key, member) -> members.put(key,
                    new Member(member.keyPlace(), mask(member.value(), nature(object, name, key)))));
            return new JsonObject(object.place(), members);
        }
        if (value instanceof JsonArray array) {
            return new JsonArray(array.place(), array.elements().stream().map(element -> mask(element, name)).toList());
        }
        return isSecret(value, name) ? new JsonString(value.place(), MASK, MASK) : value;
    }

    /** What to take a member for: its own name, or that of a secret. */
    private static String nature(JsonObject object, String name, String key) {
        boolean saidToBe = SAID_TO_BE_SECRET.contains(key)
                && object.get("secret") instanceof JsonBoolean secret && secret.value();
        return saidToBe || name.equals("headers") ? "secret" : key;
    }

    /** A variable is no secret: it only says where one is. */
    private static boolean isSecret(JsonValue value, String name) {
        return value instanceof JsonString string && (string.raw().contains("PRIVATE KEY-----")
                || hasPassword(string.raw())
                || SECRET_NAMES.contains(name) && !string.raw().isEmpty() && !string.raw().startsWith("${"));
    }

    /** Whether it is a URL with a colon before its last {@code @}; a long text is looked through once. */
    private static boolean hasPassword(String text) {
        Matcher url = AUTHORITY.matcher(text);
        if (!url.lookingAt()) {
            return false;
        }
        int colon = url.group(1).indexOf(':');
        return colon >= 0 && colon < url.group(1).lastIndexOf('@');
    }

    /** Whether a value carries a mask anywhere. */
    public static boolean isMasked(JsonValue value) {
        if (value instanceof JsonObject object) {
            return object.members().values().stream().anyMatch(member -> isMasked(member.value()));
        }
        if (value instanceof JsonArray array) {
            return array.elements().stream().anyMatch(Masks::isMasked);
        }
        return isMask(value);
    }

    private static boolean isMask(JsonValue value) {
        return value instanceof JsonString string && string.raw().equals(MASK);
    }

    /**
     * Puts the stored secrets back in place of their masks.
     *
     * @param stored   what is stored; {@code null} if nothing is
     * @param problems takes masks that stand for nothing
     */
    public static JsonValue unmask(JsonValue value, JsonValue stored, Consumer<Problem> problems) {
        return unmask(value, stored, "", problems);
    }

    private static JsonValue unmask(JsonValue value, JsonValue stored, String name, Consumer<Problem> problems) {
        if (value instanceof JsonObject object) {
            Map<String, Member> members = new LinkedHashMap<>();
            object.members().forEach((key, member) -> members.put(key, new Member(member.keyPlace(), unmask(member.value(),
                    stored instanceof JsonObject before ? before.get(key) : null, nature(object, name, key), problems))));
            return new JsonObject(object.place(), members);
        }
        if (value instanceof JsonArray array) {
            return array(array, stored, name, problems);
        }
        if (isMask(value)) {
            // a field that takes one or many may have been the other before
            JsonValue one = stored instanceof JsonArray many && many.elements().size() == 1 ? many.elements().get(0) : stored;
            if (isSecret(one, name)) {
                return one;
            }
            problems.accept(nothing(value));
        }
        return value;
    }

    private static JsonArray array(JsonArray array, JsonValue stored, String name, Consumer<Problem> problems) {
        List<JsonValue> before = stored instanceof JsonArray many ? many.elements() : stored == null ? List.of() : List.of(stored);
        List<JsonValue> masked = array.elements().stream().filter(Masks::isMasked).toList();
        List<JsonValue> secrets = before.stream().filter(element -> isMasked(mask(element, name))).toList();
        Map<Object, Long> came = numbers(masked.stream());
        Map<Object, Long> shown = numbers(secrets.stream().map(element -> mask(element, name)));
        Map<Object, Deque<JsonValue>> asShown = new HashMap<>();
        Deque<JsonValue> others = new ArrayDeque<>();
        for (JsonValue secret : secrets) {
            Object look = PlainValues.unexpanded(mask(secret, name));
            boolean allCame = shown.get(look).equals(came.get(look));
            (allCame ? asShown.computeIfAbsent(look, key -> new ArrayDeque<>()) : others).add(secret);
        }
        List<JsonValue> edited = masked.stream().filter(element -> !asShown.containsKey(PlainValues.unexpanded(element))).toList();
        if (!edited.isEmpty() && edited.size() != others.size()) {
            problems.accept(nothing(edited.get(0)));
            return array;
        }
        return new JsonArray(array.place(), array.elements().stream().map(element -> !isMasked(element) ? element
                : unmask(element, asShown.getOrDefault(PlainValues.unexpanded(element), others).poll(), name, problems)).toList());
    }

    /** How many there are that look alike, variables not expanded. */
    private static Map<Object, Long> numbers(Stream<JsonValue> values) {
        return values.collect(Collectors.groupingBy(PlainValues::unexpanded, Collectors.counting()));
    }

    private static Problem nothing(JsonValue mask) {
        return Problem.error("mask", mask.place(), "\"" + MASK + "\" stands for a secret that is stored here, and there is"
                + " none, or another number of them (expected: the secret itself)", "give the secret, or leave it out");
    }
}
