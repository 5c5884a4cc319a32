package io.sluice.spi.admin;

import java.util.Map;
import java.util.Objects;

/**
 * One method of one path.
 *
 * @param method  {@code GET}, {@code PUT}, {@code POST} or {@code DELETE}; {@code HEAD} is answered by {@code GET}
 * @param path    begins with a slash; a segment <code>{name}</code> stands for any one segment, and <code>{name...}</code>
 *                as the last one for all that follow, none included. A literal segment wins over a variable one
 * @param access  who may ask
 * @param handler answers
 * @param operation what the API's document says of it: an
 *                  <a href="https://spec.openapis.org/oas/v3.1.1.html#operation-object">Operation Object</a> of OpenAPI 3.1
 *                  as plain JSON values, see {@link io.sluice.spi.json.Json}; its schemas stand in it. The server adds what it
 *                  knows: an id, variables of the path, credentials, and the answers that it gives itself. Empty for what
 *                  does not belong into the document
 * @since 1.0
 */
public record AdminRoute(String method, String path, Access access, AdminHandler handler, Map<String, Object> operation) {

    /** A route that the document does not speak of. */
    public AdminRoute(String method, String path, Access access, AdminHandler handler) {
        this(method, path, access, handler, Map.of());
    }

    public AdminRoute {
        operation = Map.copyOf(operation);
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(access, "access");
        Objects.requireNonNull(handler, "handler");
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException("path: " + path + " (expected: a path that begins with a slash)");
        }
    }

    /** The same route, and what the document says of it. */
    public AdminRoute described(Map<String, Object> as) {
        return new AdminRoute(method, path, access, handler, as);
    }

    /** Who may ask. */
    public enum Access {
        /** Anyone who names a host that the gateway answers to. */
        PUBLIC,
        /** Anyone, for whatever host. */
        PUBLIC_ANY_HOST,
        /** Whoever has the key; 401 without. */
        KEY,
        /** Whoever has the key in {@code x-tyk-authorization} or as a bearer; 403 with Tyk's body without. */
        TYK
    }
}
