package io.sluice.kernel.plan;

import io.sluice.kernel.config.Bound;
import io.sluice.kernel.config.ExtensionRef;
import io.sluice.kernel.config.Materials;
import io.sluice.kernel.config.RecordBinder;
import io.sluice.kernel.json.JsonValue;
import io.sluice.kernel.json.JsonValue.JsonArray;
import io.sluice.kernel.json.JsonValue.JsonBoolean;
import io.sluice.kernel.json.JsonValue.JsonNull;
import io.sluice.kernel.json.JsonValue.JsonObject;
import io.sluice.kernel.json.JsonValue.JsonString;
import io.sluice.kernel.json.JsonValue.Member;
import io.sluice.kernel.plugin.Offer;
import io.sluice.kernel.problem.Problem;
import io.sluice.spi.config.ConfigField;
import io.sluice.spi.config.ConfigField.Role;
import io.sluice.spi.config.Configured;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Puts an extension's configuration together from the places that it declares, and binds it.
 *
 * <p>Later sources win: settings, then single fields of the definition, then the field that holds it all, then the
 * object in which a definition names the extension.
 */
final class ExtensionBinding {

    private final JsonObject definition;
    private final JsonObject settings;
    private final Materials materials;
    private final Consumer<Problem> problems;

    ExtensionBinding(JsonObject definition, JsonObject settings, Materials materials, Consumer<Problem> problems) {
        this.definition = definition;
        this.settings = settings;
        this.materials = materials;
        this.problems = problems;
    }

    /** Whether the definition's fields switch an extension on. */
    boolean isSwitchedOn(Configured<?> extension) {
        boolean hasSwitch = false;
        boolean configured = false;
        for (ConfigField field : extension.fields()) {
            if (field.role() == Role.SWITCH) {
                hasSwitch = true;
                if (at(definition, field.path()).orElse(null) instanceof JsonBoolean on && on.value()) {
                    return true;
                }
            } else if (field.role() == Role.CONFIG) {
                configured |= at(definition, field.path()).filter(ExtensionBinding::isWanted).isPresent();
            }
        }
        return !hasSwitch && configured;
    }

    /**
     * Checks the fields that switch extensions on: a switch that is neither {@code true} nor {@code false} must not pass
     * for off, because what it guards would then be open.
     *
     * @param extensions all installed ones
     * @param named      the names of those that the definition lists, which need no switch
     */
    void checkSwitches(Stream<Offer<? extends Configured<?>>> extensions, Set<String> named) {
        Set<String> seen = new HashSet<>();
        extensions.forEach(offer -> {
            List<ConfigField> fields = offer.extension().fields();
            List<String> switches = fields.stream().filter(field -> field.role() == Role.SWITCH)
                    .map(ConfigField::path).toList();
            for (String path : switches) {
                if (seen.add(path)) {
                    at(definition, path).ifPresent(value -> RecordBinder.checkBoolean(value, path, problems));
                }
            }
            if (!switches.isEmpty() && !named.contains(offer.name())
                    && switches.stream().allMatch(path -> at(definition, path).isEmpty())) {
                fields.stream().filter(field -> field.role() == Role.CONFIG || field.role() == Role.VALUE)
                        .filter(field -> seen.add(field.path()))
                        .forEach(field -> at(definition, field.path()).filter(ExtensionBinding::saysSomething)
                                .ifPresent(value -> withoutSwitch(field.path(), value, switches)));
            }
        });
    }

    private void withoutSwitch(String path, JsonValue value, List<String> switches) {
        String rule = "together with " + String.join(" or ", switches);
        Placeholders.in(path, value).ifPresentOrElse(
                empty -> problems.accept(empty.withoutEffect(path, rule, "write the value and add \"" + switches.get(0) + "\": true")),
                () -> problems.accept(Problem.warning("no_effect", value.place(), path + " has no effect (expected: " + rule + ")",
                        "add \"" + switches.get(0) + "\": true")));
    }

    /**
     * Checks the fields of extensions that a definition does not use and that nothing switches on: they have no effect. A
     * rule that is set to {@code true} must not vanish in silence, so that is an error.
     *
     * @param unused the extensions
     * @param claims the paths that other extensions read
     */
    void checkUnused(Stream<Offer<? extends Configured<?>>> unused, Set<String> claims) {
        unused.forEach(offer -> {
            List<ConfigField> fields = offer.extension().fields();
            if (fields.stream().anyMatch(field -> field.role() == Role.SWITCH)) {
                return;
            }
            fields.stream().filter(field -> field.role() == Role.VALUE)
                    .filter(field -> !claims.contains(field.path()))
                    .forEach(field -> at(definition, field.path()).filter(ExtensionBinding::saysSomething)
                            .ifPresent(value -> noEffect(field.path(), value, offer.name())));
        });
    }

    private void noEffect(String path, JsonValue value, String protocol) {
        String rule = "together with protocol " + protocol;
        String message = path + " has no effect (expected: " + rule + ")";
        String hint = "set \"protocol\": \"" + protocol + "\", or remove it";
        Optional<Placeholders.Placeholder> empty = Placeholders.in(path, value);
        if (empty.isPresent()) {
            problems.accept(empty.get().withoutEffect(path, rule, "write the value and set \"protocol\": \"" + protocol + "\""));
            return;
        }
        problems.accept(value instanceof JsonBoolean ? Problem.error("no_effect", value.place(), message, hint)
                : Problem.warning("no_effect", value.place(), message, hint));
    }

    /** Binds an extension that a definition's fields switched on, or that a target's scheme asks for. */
    <E extends Configured<?>> Optional<BoundExtension<E>> bind(Offer<E> offer) {
        return bind(offer, compose(offer.extension(), null), null);
    }

    /** Binds an extension that a definition names. */
    <E extends Configured<?>> Optional<BoundExtension<E>> bind(Offer<E> offer, ExtensionRef ref) {
        return bind(offer, compose(offer.extension(), ref), ref);
    }

    /** What has mistakes is bound all the same, as far as that goes, so that the extension finds its own as well. */
    private <E extends Configured<?>> Optional<BoundExtension<E>> bind(Offer<E> offer, JsonValue origin,
            ExtensionRef ref) {
        Class<? extends Record> type = offer.extension().configType();
        Bound<? extends Record> bound;
        try {
            bound = RecordBinder.bind(origin, type, wholeField(offer.extension(), ref), materials, problems);
        } catch (IllegalStateException | LinkageError e) {
            // a component of a type that nothing can be bound to, a default that is none
            problems.accept(Problem.error("plugin_failed", origin.place(), offer.name() + " of plugin "
                    + offer.generation().plugin() + " cannot be configured: " + e.getMessage(),
                    "this is a fault of the plugin: put a jar that works in the place of " + offer.generation().file()));
            return Optional.empty();
        }
        return bound.complete() ? Optional.of(new BoundExtension<>(offer, bound.value(), origin)) : Optional.empty();
    }

    /** What a message calls a configuration that is no object. */
    private String wholeField(Configured<?> extension, ExtensionRef ref) {
        return ref != null ? ref.name() : extension.fields().stream().filter(field -> field.role() == Role.CONFIG)
                .map(ConfigField::path).filter(path -> at(definition, path).filter(ExtensionBinding::isWanted).isPresent())
                .findFirst().orElse(extension.name());
    }

    private JsonValue compose(Configured<?> extension, ExtensionRef ref) {
        Map<String, Member> members = new LinkedHashMap<>();
        JsonValue place = definition;
        for (ConfigField field : extension.fields()) {
            if (field.role() == Role.SETTING) {
                at(settings, field.path()).ifPresent(value -> put(members, field.component(), value));
            }
        }
        for (ConfigField field : extension.fields()) {
            if (field.role() == Role.VALUE) {
                at(definition, field.path()).ifPresent(value -> put(members, field.component(), value));
            }
        }
        for (ConfigField field : extension.fields()) {
            JsonValue whole = field.role() == Role.CONFIG ? at(definition, field.path()).orElse(null) : null;
            if (whole instanceof JsonObject object) {
                members.putAll(object.members());
                place = object;
            } else if (whole != null && isWanted(whole)) {
                return whole;
            }
        }
        if (ref != null) {
            members.putAll(ref.config().members());
            place = ref.config();
        }
        return new JsonObject(place.place(), members);
    }

    private static void put(Map<String, Member> members, String name, JsonValue value) {
        members.put(name, new Member(value.place(), value));
    }

    /** The value at a dotted path; empty if any step of it is missing or {@code null}. */
    static Optional<JsonValue> at(JsonObject root, String path) {
        JsonValue value = root;
        for (String step : path.split("\\.")) {
            value = value instanceof JsonObject object ? object.get(step) : null;
        }
        return value instanceof JsonNull ? Optional.empty() : Optional.ofNullable(value);
    }

    /** Anything but {@code false}: what is no configuration at all is for the binder to refuse. */
    private static boolean isWanted(JsonValue value) {
        return !(value instanceof JsonNull || value instanceof JsonBoolean bool && !bool.value());
    }

    private static boolean saysSomething(JsonValue value) {
        if (value instanceof JsonBoolean bool) {
            return bool.value();
        }
        if (value instanceof JsonString string) {
            return !string.text().isEmpty();
        }
        if (value instanceof JsonObject object) {
            return !object.members().isEmpty();
        }
        if (value instanceof JsonArray array) {
            return !array.elements().isEmpty();
        }
        return !(value instanceof JsonNull);
    }
}
