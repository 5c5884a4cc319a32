package io.sluice.plugins.adminhttp;

import java.util.Optional;

/**
 * What a request is for (RFC 9112 3.2): a path and a query, for the host that its header names or, in the absolute form,
 * for the host that stands in the target itself.
 *
 * @param path  begins with a slash; percent-encoded
 * @param query percent-encoded; may be empty
 */
record RequestTarget(Optional<String> host, String path, String query) {

    private static final String SCHEME = "http://";

    /** Reads a request's target; empty if it is none that names something here. */
    static Optional<RequestTarget> of(String target, Optional<String> hostHeader) {
        if (target.startsWith("/")) {
            return Optional.of(split(hostHeader, target));
        }
        if (!target.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Optional.empty();
        }
        String rest = target.substring(SCHEME.length());
        int end = 0;
        while (end < rest.length() && rest.charAt(end) != '/' && rest.charAt(end) != '?') {
            end++;
        }
        String path = rest.substring(end);
        return Optional.of(split(Optional.of(rest.substring(0, end)), path.startsWith("/") ? path : "/" + path));
    }

    private static RequestTarget split(Optional<String> host, String target) {
        int query = target.indexOf('?');
        return query < 0 ? new RequestTarget(host, target, "")
                : new RequestTarget(host, target.substring(0, query), target.substring(query + 1));
    }
}
