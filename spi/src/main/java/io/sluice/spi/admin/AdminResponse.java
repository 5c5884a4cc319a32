package io.sluice.spi.admin;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An answer. The server adds {@code X-Content-Type-Options}, a strict {@code Content-Security-Policy} and
 * {@code Cache-Control: no-store} where the answer says nothing else.
 *
 * @param status  the HTTP status
 * @param headers one value each
 * @param body    what follows
 * @since 1.0
 */
public record AdminResponse(int status, Map<String, String> headers, Body body) {

    public AdminResponse {
        headers = Map.copyOf(headers);
    }

    /** What an answer carries. */
    public sealed interface Body {
    }

    /** Bytes that are there already. */
    public record Content(byte[] bytes) implements Body {
    }

    /** Bytes that come in time. The server bounds how many such answers it has at once. */
    public record Stream(Writer writer) implements Body {
    }

    /** Writes an answer bit by bit. */
    @FunctionalInterface
    public interface Writer {

        /**
         * Writes until it returns, which ends the answer. On a thread of its own; {@code out} is not buffered, blocks
         * while the client reads too slowly and throws when it has gone or read nothing for too long.
         */
        void write(OutputStream out) throws IOException;
    }

    /** Text of some type, in UTF-8. */
    public static AdminResponse text(int status, String contentType, String text) {
        return new AdminResponse(status, Map.of("content-type", contentType),
                new Content(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** JSON text. */
    public static AdminResponse json(int status, String json) {
        return text(status, "application/json", json);
    }

    /** The same with one more header. */
    public AdminResponse with(String header, String value) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put(header, value);
        return new AdminResponse(status, all, body);
    }
}
