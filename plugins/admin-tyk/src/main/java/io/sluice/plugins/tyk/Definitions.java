package io.sluice.plugins.tyk;

import io.sluice.spi.admin.AdminRequest;
import io.sluice.spi.admin.AdminResponse;
import io.sluice.spi.control.ControlRefused;
import io.sluice.spi.control.Expectation;
import io.sluice.spi.control.ServiceControl;
import io.sluice.spi.control.ServiceControl.Order;
import io.sluice.spi.control.ServiceStatus;
import io.sluice.spi.json.Json;
import io.sluice.spi.json.JsonException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** {@code /tyk/apis}: API definitions are services. */
final class Definitions {

    private static final String ID = "api_id";
    private static final String ALIAS = "id";
    private static final String NOT_FOUND = "API not found";

    private final ServiceControl services;
    private final Json json;
    private final Replies replies;

    Definitions(ServiceControl services, Json json, Replies replies) {
        this.services = services;
        this.json = json;
        this.replies = replies;
    }

    AdminResponse list() {
        return replies.ok(services.all().stream().map(Definitions::shown).toList());
    }

    AdminResponse find(AdminRequest request) {
        return services.find(request.variable("id")).map(service -> replies.ok(shown(service)))
                .orElseGet(() -> replies.error(404, NOT_FOUND));
    }

    AdminResponse add(AdminRequest request) throws ControlRefused {
        try {
            String text = text(request);
            Map<?, ?> definition = object(text);
            Optional<String> named = id(definition);
            if (named.isPresent()) {
                services.put(named.get(), text, order(request));
                return replies.done(named.get(), "added");
            }
            String id = UUID.randomUUID().toString().replace("-", "");
            Map<Object, Object> complete = new LinkedHashMap<>(definition);
            complete.put(ID, id);
            services.put(id, json.write(complete), order(request));
            return replies.done(id, "added");
        } catch (JsonException mistakes) {
            return replies.malformed(mistakes);
        } catch (NoDefinition e) {
            return replies.error(400, e.getMessage());
        }
    }

    AdminResponse replace(AdminRequest request) throws ControlRefused {
        String id = request.variable("id");
        if (services.find(id).isEmpty()) {
            return replies.error(404, NOT_FOUND);
        }
        try {
            String text = text(request);
            Optional<String> named = id(object(text));
            if (named.isPresent() && !named.get().equals(id)) {
                return replies.error(400,
                        "Request APIID does not match that in Definition! For Update operations these must match.");
            }
            services.put(id, text, order(request));
            return replies.done(id, "modified");
        } catch (JsonException mistakes) {
            return replies.malformed(mistakes);
        } catch (NoDefinition e) {
            return replies.error(400, e.getMessage());
        }
    }

    AdminResponse remove(AdminRequest request) throws ControlRefused {
        String id = request.variable("id");
        if (services.find(id).isEmpty()) {
            return replies.error(404, NOT_FOUND);
        }
        services.delete(id, order(request));
        return replies.done(id, "deleted");
    }

    /** As it came; an id that its file or name gave it is written out, because clients look for it. */
    private static Map<String, Object> shown(ServiceStatus service) {
        if (service.definition().containsKey(ID)) {
            return service.definition();
        }
        Map<String, Object> shown = new LinkedHashMap<>(service.definition());
        shown.put(ID, service.id());
        return shown;
    }

    /** Tyk knows no previews; here every change may be one. */
    private static Order order(AdminRequest request) throws ControlRefused {
        return new Order(new Expectation.Anything(), "tyk api", Replies.mode(request));
    }

    private static Optional<String> id(Map<?, ?> definition) throws NoDefinition {
        for (String field : List.of(ID, ALIAS)) {
            Object id = definition.get(field);
            if (id != null && !(id instanceof String)) {
                throw new NoDefinition(field + ": " + id + " (expected: a string)");
            } else if (id instanceof String text && !text.isEmpty()) {
                return Optional.of(text);
            }
        }
        return Optional.empty();
    }

    /** What is no UTF-8 would be stored as something else. */
    private static String text(AdminRequest request) throws NoDefinition {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(request.body())).toString();
        } catch (CharacterCodingException e) {
            throw new NoDefinition("it is not UTF-8 text");
        }
    }

    private Map<?, ?> object(String text) throws JsonException, NoDefinition {
        if (json.read(text) instanceof Map<?, ?> map) {
            return map;
        }
        throw new NoDefinition("an API definition is an object in braces");
    }

    /** JSON, but no definition. */
    private static final class NoDefinition extends Exception {

        private static final long serialVersionUID = 1L;

        NoDefinition(String why) {
            super("Request malformed: " + why, null, false, false);
        }
    }
}
