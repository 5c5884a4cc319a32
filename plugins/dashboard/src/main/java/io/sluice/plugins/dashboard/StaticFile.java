package io.sluice.plugins.dashboard;

import io.sluice.spi.admin.AdminRequest;
import io.sluice.spi.admin.AdminResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A file of the page, read once. Browsers ask each time whether theirs is still the one, by its entity tag: a new jar is in
 * effect with the next look.
 */
final class StaticFile {

    /** All there are; nothing else is ever read. */
    static final List<String> NAMES = List.of(
            "index.html", "style.css", "icon.svg", "app.js", "api.js", "dialog.js", "elements.js", "events.js",
            "gateway.js", "json.js", "notices.js", "table.js", "words.js", "views/certificates.js",
            "views/changes.js", "views/connections.js", "views/definition.js", "views/events.js", "views/explain.js",
            "views/history.js", "views/listeners.js", "views/plugins.js", "views/problems.js", "views/services.js",
            "views/status.js", "views/steps.js", "views/targets.js");

    private static final Map<String, String> TYPES = Map.of("html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8", "js", "text/javascript; charset=utf-8", "svg", "image/svg+xml");

    /** Own files and the own origin only; and where the browser knows it, text cannot be made markup by any script. */
    private static final Map<String, String> HEADERS = Map.of("cache-control", "no-cache", "content-security-policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; base-uri 'none';"
                    + " form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
            "cross-origin-opener-policy", "same-origin", "cross-origin-resource-policy", "same-origin");

    private final AdminResponse whole;
    private final AdminResponse unchanged;
    private final String tag;

    private StaticFile(String type, byte[] bytes) {
        tag = tag(bytes);
        Map<String, String> headers = new LinkedHashMap<>(HEADERS);
        headers.put("etag", tag);
        unchanged = new AdminResponse(304, headers, new AdminResponse.Content(new byte[0]));
        headers.put("content-type", type);
        whole = new AdminResponse(200, headers, new AdminResponse.Content(bytes));
    }

    /** All files by name. */
    static Map<String, StaticFile> all() {
        Map<String, StaticFile> files = new LinkedHashMap<>();
        for (String name : NAMES) {
            String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
            files.put(name, new StaticFile(type, read("/dashboard/" + name)));
        }
        return files;
    }

    private static byte[] read(String resource) {
        try (InputStream in = StaticFile.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks " + resource);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String tag(byte[] bytes) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
            return "\"" + HexFormat.of().formatHex(hash, 0, 16) + "\"";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The file, or that it is still the one with a tag that the asking side has; weak tags count (RFC 9110 13.1.2). */
    AdminResponse answer(AdminRequest request) {
        boolean known = request.headers().getOrDefault("if-none-match", List.of()).stream()
                .flatMap(value -> Arrays.stream(value.split(","))).map(String::strip)
                .anyMatch(value -> value.equals("*") || value.equals(tag) || value.equals("W/" + tag));
        return known ? unchanged : whole;
    }
}
