package io.sluice.spi.admin;

import java.util.Objects;

/**
 * One method of one path.
 *
 * @param method  {@code GET}, {@code PUT}, {@code POST} or {@code DELETE}; {@code HEAD} is answered by {@code GET}
 * @param path    begins with a slash; a segment <code>{name}</code> stands for any one segment, and <code>{name...}</code>
 *                as the last one for all that follow, none included. A literal segment wins over a variable one
 * @param access  who may ask
 * @param handler answers
 * @since 1.0
 */
public record AdminRoute(String method, String path, Access access, AdminHandler handler) {

    public AdminRoute {
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(access, "access");
        Objects.requireNonNull(handler, "handler");
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException("path: " + path + " (expected: a path that begins with a slash)");
        }
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
