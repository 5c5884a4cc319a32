package io.sluice.kernel.plan;

import io.sluice.kernel.config.Bound;
import io.sluice.kernel.config.ExtensionRef;
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
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Puts an extension's configuration together from the places that it declares, and binds it.
 *
 * <p>Later sources win: settings, then single fields of the definition, then the field that holds it all, then the
 * object in which a definition names the extension.
 */
final class ExtensionBinding {

    private final JsonObject definition;
    private final JsonObject settings;
    private final Consumer<Problem> problems;

    ExtensionBinding(JsonObject definition, JsonObject settings, Consumer<Problem> problems) {
        this.definition = definition;
        this.settings = settings;
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
                configured |= at(definition, field.path()).filter(ExtensionBinding::saysSomething).isPresent();
            }
        }
        return !hasSwitch && configured;
    }

    /** Binds an extension that a definition's fields switched on, or that a target's scheme asks for. */
    <E extends Configured<?>> Optional<BoundExtension<E>> bind(Offer<E> offer) {
        return bind(offer, compose(offer.extension(), null));
    }

    /** Binds an extension that a definition names. */
    <E extends Configured<?>> Optional<BoundExtension<E>> bind(Offer<E> offer, ExtensionRef ref) {
        return bind(offer, compose(offer.extension(), ref));
    }

    private <E extends Configured<?>> Optional<BoundExtension<E>> bind(Offer<E> offer, JsonValue origin) {
        Class<? extends Record> type = offer.extension().configType();
        Bound<? extends Record> bound = RecordBinder.bind(origin, type, problems);
        return bound.valid() ? Optional.of(new BoundExtension<>(offer, bound.value(), origin)) : Optional.empty();
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
            } else if (whole != null && saysSomething(whole) && members.isEmpty()) {
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
