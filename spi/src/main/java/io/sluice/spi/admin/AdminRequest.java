package io.sluice.spi.admin;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request whose head and body have arrived in full.
 *
 * @param method    in capitals
 * @param path      the path without its query, as it was sent
 * @param variables what stood for the route's variables, percent-decoded: anything, slashes and dots included, so never
 *                  to be made a path of unchecked
 * @param query     parameters, decoded, in order
 * @param headers   by name in lower case
 * @param body      at most 1 MiB; not to be changed
 * @since 1.0
 */
public record AdminRequest(String method, String path, Map<String, String> variables, Map<String, List<String>> query,
        Map<String, List<String>> headers, byte[] body) {

    public AdminRequest {
        variables = Map.copyOf(variables);
        query = Map.copyOf(query);
        headers = Map.copyOf(headers);
    }

    /** A variable of the route. */
    public String variable(String name) {
        return variables.get(name);
    }

    /** The first value of a query parameter. */
    public Optional<String> parameter(String name) {
        return query.getOrDefault(name, List.of()).stream().findFirst();
    }

    /** The first value of a header; the name in lower case. */
    public Optional<String> header(String name) {
        return headers.getOrDefault(name, List.of()).stream().findFirst();
    }

    /** The body as UTF-8 text; what is malformed becomes the replacement character. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }
}
