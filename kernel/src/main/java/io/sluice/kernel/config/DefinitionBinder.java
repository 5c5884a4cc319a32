package io.sluice.kernel.config;

import io.sluice.kernel.json.JsonValue;
import io.sluice.kernel.json.JsonValue.JsonArray;
import io.sluice.kernel.json.JsonValue.JsonBoolean;
import io.sluice.kernel.json.JsonValue.JsonNull;
import io.sluice.kernel.json.JsonValue.JsonNumber;
import io.sluice.kernel.json.JsonValue.JsonObject;
import io.sluice.kernel.json.JsonValue.JsonString;
import io.sluice.kernel.json.JsonValue.Member;
import io.sluice.kernel.problem.FirstProblems;
import io.sluice.kernel.problem.Place;
import io.sluice.kernel.problem.Problem;
import io.sluice.spi.config.ConfigField;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Binds one definition, in the seed's layout, in Tyk's, or in a mixture of both.
 */
public final class DefinitionBinder {

    private static final Set<String> OWN = paths(Definition.class, "");
    private static final Set<String> SETTINGS = settings();
    private static final Set<String> HTTP = KnownFields.of("fields-of-http.txt");
    private static final Set<String> OTHERS = KnownFields.of("fields-of-extensions.txt");

    private final Set<String> claimed;
    /** The objects of which extensions declare some of the fields. */
    private final Set<String> partlyClaimed;
    private final Consumer<Problem> problems;
    private boolean valid = true;
    private int strangers;

    private DefinitionBinder(List<ConfigField> claimed, Consumer<Problem> problems) {
        this.claimed = claimed.stream().map(ConfigField::path).collect(Collectors.toSet());
        this.partlyClaimed = this.claimed.stream().flatMap(DefinitionBinder::above).collect(Collectors.toSet());
        this.problems = problems;
    }

    /**
     * Binds a definition.
     *
     * @param definition as it was read
     * @param id         its id
     * @param claimed    the fields of the definition that installed extensions declare
     */
    public static Bound<Definition> bind(JsonObject definition, String id, List<ConfigField> claimed,
            Consumer<Problem> problems) {
        return new DefinitionBinder(claimed, problems).bind(definition, id);
    }

    /** Whether a definition has such a field at its root, its own or one of an extension. */
    static boolean isField(String name) {
        return OWN.contains(name) || OTHERS.contains(name);
    }

    /** The fields of a definition that are accepted and ignored, because they only make sense for HTTP. */
    public static Set<String> ignored(JsonObject definition) {
        return definition.members().keySet().stream().filter(HTTP::contains).collect(Collectors.toCollection(TreeSet::new));
    }

    private Bound<Definition> bind(JsonObject written, String id) {
        JsonObject definition = oneLayout(written, id);
        Bound<Definition> bound = new RecordBinder(this::unknown, problems).bind(definition, Definition.class);
        if (bound.value().name() == null || bound.value().apiId() == null) {
            // everything else is still to be looked at, and needs something to call it by
            bound = new Bound<>(new RecordBinder((path, name, member, known) -> { }, problem -> { })
                    .bind(named(definition, id), Definition.class).value(), false);
        }
        if (!id.matches("[A-Za-z0-9._-]{1,64}") || id.equals(".") || id.equals("..")) {
            error("bad_id", fieldOr(written, "api_id"), "api_id: " + Scalars.shown("", new JsonString(
                    written.place(), id, id)) + " (expected: 1 to 64 letters, digits, dots, dashes or underscores)",
                    "give it another api_id");
        }
        return new Bound<>(bound.value(), bound.valid() && valid);
    }

    /** Where the id itself is what is wrong, it is not what to call the definition by. */
    private static String callable(String id) {
        return id.isEmpty() || Scalars.isPlaceholder(id) ? "unnamed" : id;
    }

    private static JsonObject named(JsonObject definition, String id) {
        String name = callable(id);
        Map<String, Member> members = new LinkedHashMap<>(definition.members());
        for (String field : List.of("name", "api_id")) {
            members.put(field, new Member(definition.place(), new JsonString(definition.place(), name, name)));
        }
        return new JsonObject(definition.place(), members);
    }

    private JsonObject oneLayout(JsonObject written, String id) {
        Map<String, Member> root = new LinkedHashMap<>(written.members());
        // an editor's business
        root.remove("$schema");
        Member api = root.remove("id");
        if (api != null && !isEmpty(api.value()) && root.get("api_id") != null && !isEmpty(root.get("api_id").value())
                && !api.value().equals(root.get("api_id").value()) && !isDatabaseId(api.value())) {
            lift("api_id", api, root);
        }
        if (root.get("api_id") == null || isEmpty(root.get("api_id").value())) {
            JsonValue from = api == null ? written : api.value();
            root.put("api_id", new Member(from.place(), new JsonString(from.place(), id, id)));
        }
        if (root.get("name") == null || isEmpty(root.get("name").value())) {
            root.put("name", new Member(written.place(), new JsonString(written.place(), callable(id), callable(id))));
        }
        if (root.get("proxy") != null && root.get("proxy").value() instanceof JsonObject proxy) {
            Map<String, Member> inner = new LinkedHashMap<>(proxy.members());
            for (String name : List.of("enable_load_balancing", "check_host_against_uptime_tests")) {
                lift(name, inner.remove(name), root);
            }
            root.put("proxy", new Member(root.get("proxy").keyPlace(), new JsonObject(proxy.place(), inner)));
        }
        if (root.get("uptime_tests") != null && root.get("uptime_tests").value() instanceof JsonObject tests) {
            Map<String, Member> inner = new LinkedHashMap<>(tests.members());
            lift("disabled", inner.remove("disable"), inner);
            root.put("uptime_tests", new Member(root.get("uptime_tests").keyPlace(),
                    new JsonObject(tests.place(), inner)));
        }
        return new JsonObject(written.place(), root);
    }

    private void lift(String name, Member other, Map<String, Member> to) {
        Member own = to.get(name);
        if (other != null && own != null && !other.value().equals(own.value())) {
            error("contradiction", other.value(), name + " is " + Scalars.shown(name, own.value()) + " in one place and "
                    + Scalars.shown(name, other.value()) + " in the other (expected: one value)",
                    "remove one of the two");
        } else if (other != null) {
            to.putIfAbsent(name, other);
        }
    }

    /** What Tyk's dashboard writes beside an {@code api_id}: the definition's id in its database, and no contradiction. */
    private static boolean isDatabaseId(JsonValue value) {
        return value instanceof JsonString text && text.text().matches("[0-9a-f]{24}");
    }

    private static boolean isEmpty(JsonValue value) {
        return value instanceof JsonNull || value instanceof JsonString text && text.text().isEmpty();
    }

    private void unknown(String path, String name, Member member, Collection<String> known) {
        String shown = path + name;
        String full = shown.replaceAll("\\[\\d+\\]", "");
        if (claimed.contains(full) || HTTP.contains(full)) {
            return;
        }
        if (isClaimedInside(full)) {
            inside(shown + ".", full + ".", member.value());
            return;
        }
        if (OTHERS.contains(full)) {
            if (saysSomething(member.value())) {
                placeholders(full, member.value());
                error("no_extension", member.keyPlace(), "\"" + full + "\": no installed plugin understands this field"
                        + " (expected: a plugin that declares it)",
                        "put the plugin back into plugins/, or remove the field: without it the service would run"
                                + " as if it were not there");
            }
            return;
        }
        if (++strangers > FirstProblems.MOST) {
            // only counted: looking for what it might have meant would take long
            problems.accept(Problem.warning("unknown_field", member.keyPlace(), "unknown field \"" + shown + "\"", "remove it"));
            return;
        }
        Optional<String> near = NearestName.of(name, candidates(path, known));
        Optional<String> elsewhere = elsewhere(name, full);
        if (elsewhere.isPresent()) {
            misplaced(name, member, place(elsewhere.get()), "move it to " + elsewhere.get());
        } else if (near.isEmpty() && SETTINGS.contains(full)) {
            misplaced(name, member, "conf/sluice.json", "move it there: it is a setting of the whole gateway");
        } else {
            problems.accept(Problem.warning("unknown_field", member.keyPlace(), "unknown field \"" + shown + "\" (expected: "
                    + (path.isEmpty() ? "a field of definitions" : "one of " + String.join(", ", candidates(path, known))) + ")",
                    near.map(right -> "did you mean \"" + right + "\"?").orElse("remove it")));
        }
    }

    private void misplaced(String name, Member member, String right, String hint) {
        problems.accept(Problem.warning("misplaced_field", member.keyPlace(), "\"" + name + "\" has no effect here (expected: in "
                + right + ")", hint));
    }

    private void placeholders(String path, JsonValue value) {
        if (value instanceof JsonArray array) {
            for (int i = 0; i < array.elements().size(); i++) {
                JsonValue element = array.elements().get(i);
                if (element instanceof JsonString text && text.text().isEmpty()) {
                    placeholder(path + "[" + i + "]", text);
                } else {
                    placeholders(path + "[" + i + "]", element);
                }
            }
        } else if (value instanceof JsonString text && Scalars.isPlaceholder(text.text())) {
            placeholder(path, text);
        }
    }

    private void placeholder(String path, JsonString text) {
        Scalars.Wrong wrong = Scalars.placeholder(text.text());
        error("placeholder", text, path + ": " + Scalars.shown(path, text) + " (expected: " + wrong.rule() + ")", wrong.hint());
    }

    private Collection<String> candidates(String path, Collection<String> known) {
        Set<String> all = new TreeSet<>(known);
        String at = path.replaceAll("\\[\\d+\\]", "");
        for (Set<String> paths : List.of(claimed, OTHERS)) {
            paths.stream().filter(p -> p.startsWith(at) && p.indexOf('.', at.length()) < 0)
                    .forEach(p -> all.add(p.substring(at.length())));
        }
        return all;
    }

    private boolean isClaimedInside(String full) {
        return partlyClaimed.contains(full);
    }

    private static Stream<String> above(String path) {
        return IntStream.range(0, path.length()).filter(at -> path.charAt(at) == '.').mapToObj(at -> path.substring(0, at));
    }

    /** An object of which extensions declare some of the fields. */
    private void inside(String path, String full, JsonValue value) {
        if (!(value instanceof JsonObject object)) {
            String field = path.substring(0, path.length() - 1);
            error("bad_value", value, field + ": " + Scalars.shown(field, value) + " (expected: an object in braces)", "write its fields in braces: { \"" + claimed.stream()
                    .filter(name -> name.startsWith(full)).map(name -> name.substring(full.length())).sorted().findFirst()
                    .orElse("…") + "\": … }");
        } else {
            Set<String> known = claimed.stream().filter(field -> field.startsWith(full))
                    .map(field -> field.substring(full.length())).collect(Collectors.toSet());
            object.members().forEach((name, member) -> {
                if (!(member.value() instanceof JsonNull)) {
                    unknown(path, name, member, known);
                }
            });
        }
    }

    private Optional<String> elsewhere(String name, String full) {
        Set<String> all = new TreeSet<>(OWN);
        all.addAll(claimed);
        return all.stream().filter(path -> path.endsWith("." + name) || path.equals(name))
                .filter(path -> !path.equals(full)).findFirst();
    }

    private static String place(String path) {
        int dot = path.lastIndexOf('.');
        return dot < 0 ? "the definition's root" : "\"" + path.substring(0, dot) + "\"";
    }

    private static boolean saysSomething(JsonValue value) {
        return !(isEmpty(value) || value instanceof JsonBoolean bool && !bool.value()
                || value instanceof JsonArray array && array.elements().isEmpty()
                || value instanceof JsonNumber number && number.value().signum() == 0
                || value instanceof JsonObject object
                        && object.members().values().stream().noneMatch(m -> saysSomething(m.value())));
    }

    private static JsonValue fieldOr(JsonObject object, String name) {
        return object.get(name) == null ? object : object.get(name);
    }

    private void error(String code, JsonValue at, String message, String hint) {
        error(code, at.place(), message, hint);
    }

    private void error(String code, Place place, String message, String hint) {
        valid = false;
        problems.accept(Problem.error(code, place, message, hint));
    }

    /** The dotted paths of all fields that a record binds. */
    private static Set<String> settings() {
        Set<String> paths = paths(Settings.class, "");
        paths.addAll(KnownFields.of("settings-of-extensions.txt"));
        return paths;
    }

    static Set<String> paths(Class<?> type, String prefix) {
        Set<String> paths = new TreeSet<>();
        for (RecordComponent component : type.getRecordComponents()) {
            if (!RecordBinder.names(type).contains(RecordBinder.jsonName(component))) {
                continue;
            }
            String path = prefix + RecordBinder.jsonName(component);
            paths.add(path);
            Class<?> inner = component.getType();
            if (component.getGenericType() instanceof ParameterizedType generic
                    && generic.getActualTypeArguments()[0] instanceof Class<?> element) {
                inner = element;
            }
            if (inner.isRecord() && inner != ExtensionRef.class && !JsonValue.class.isAssignableFrom(inner)) {
                paths.addAll(paths(inner, path + "."));
            }
        }
        return paths;
    }
}
