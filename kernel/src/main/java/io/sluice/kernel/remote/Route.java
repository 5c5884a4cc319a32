package io.sluice.kernel.remote;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * A path of the admin API with its query; every part is percent-encoded, so no name becomes a path.
 *
 * @param text what stands in the request line
 */
public record Route(String text) {

    /** The route with these path segments. */
    public static Route of(String... segments) {
        StringBuilder path = new StringBuilder();
        for (String segment : segments) {
            path.append('/').append(encoded(segment));
        }
        return new Route(path.toString());
    }

    /** The same with one more parameter in its query; a {@code null} adds none. */
    public Route with(String name, Object value) {
        return value == null ? this
                : new Route(text + (text.indexOf('?') < 0 ? '?' : '&') + encoded(name) + "=" + encoded(value.toString()));
    }

    /** Dots alone would be resolved away on the way to the server. */
    private static String encoded(String part) {
        return part.equals(".") || part.equals("..") ? part.replace(".", "%2E")
                : URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public String toString() {
        return text;
    }
}
