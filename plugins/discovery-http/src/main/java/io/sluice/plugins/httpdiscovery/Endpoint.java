package io.sluice.plugins.httpdiscovery;

import java.net.MalformedURLException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/** Who is asked. Never shown with what may be a key: user name, password and query are left out. */
record Endpoint(URI uri) {

    static Endpoint parse(String text) {
        try {
            return of(new URI(text.strip()));
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("not a URL: " + e.getReason(), e);
        }
    }

    private static Endpoint of(URI uri) {
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw new IllegalArgumentException(scheme.isEmpty() ? "no scheme" : "scheme \"" + scheme + "\"");
        }
        if (uri.getHost() == null || uri.getHost().isEmpty() || uri.getPort() == 0 || uri.getPort() > 65535) {
            throw new IllegalArgumentException("no host, or a port that is none");
        }
        return new Endpoint(uri);
    }

    /**
     * Where a redirection leads.
     *
     * @throws IllegalArgumentException if it leads nowhere, or out of TLS
     */
    Endpoint redirected(String location) {
        URI next;
        try {
            next = uri.resolve(new URI(location));
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("not a URL", e);
        }
        Endpoint there = of(next);
        if (isTls() && !there.isTls()) {
            throw new IllegalArgumentException("it leads from https to http");
        }
        return there;
    }

    private boolean isTls() {
        return uri.getScheme().equalsIgnoreCase("https");
    }

    /** Whether keys that are meant for one may be sent to the other. */
    boolean isSameHost(Endpoint other) {
        return uri.getScheme().equalsIgnoreCase(other.uri.getScheme()) && uri.getHost().equalsIgnoreCase(other.uri.getHost())
                && uri.getPort() == other.uri.getPort();
    }

    /** The value of an {@code Authorization} header, if the URL has a user name. */
    Optional<String> authorization() {
        return Optional.ofNullable(uri.getUserInfo()).map(user -> "Basic "
                + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8)));
    }

    URL url() {
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        try {
            return new URL(uri.getScheme(), uri.getHost(), uri.getPort(), path + query);
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return uri.getScheme() + "://" + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort())
                + (uri.getRawPath() == null ? "" : uri.getRawPath());
    }
}
