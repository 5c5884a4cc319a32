package io.sluice.plugins.httpdiscovery;

import io.sluice.spi.discovery.DiscoveryException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/**
 * One GET, redirections included. The JDK's old client does it: it blocks, as a lookup may, and has no threads of its own
 * that would outlive the plugin.
 */
final class Query {

    static final int LARGEST = 4 * 1024 * 1024;
    static final int MOST_REDIRECTIONS = 5;

    private final Endpoint endpoint;
    private final Map<String, String> headers;
    private final Duration timeout;
    private volatile HttpURLConnection open;
    private volatile boolean closed;

    Query(Endpoint endpoint, Map<String, String> headers, Duration timeout) {
        this.endpoint = endpoint;
        this.headers = headers;
        this.timeout = timeout;
    }

    /** The body of the answer. */
    String body() throws DiscoveryException {
        long until = System.nanoTime() + timeout.toNanos();
        Endpoint asked = endpoint;
        for (int redirections = 0; redirections <= MOST_REDIRECTIONS; redirections++) {
            HttpURLConnection connection = null;
            try {
                connection = connect(asked, until);
                int status = connection.getResponseCode();
                if (status / 100 == 2) {
                    return read(connection, asked, until);
                }
                if (status / 100 != 3 || connection.getHeaderField("Location") == null) {
                    throw new DiscoveryException(asked + (status < 0 ? " did not answer HTTP"
                            : " answered with status " + status + " (expected: 200)"));
                }
                asked = redirected(asked, connection.getHeaderField("Location"));
            } catch (SocketTimeoutException e) {
                throw new DiscoveryException(asked + " did not answer within " + shown(timeout), e);
            } catch (IOException e) {
                throw new DiscoveryException(asked + " " + explained(e), e);
            } catch (RuntimeException e) {
                // the JDK's client may stumble when it is disconnected from another thread
                if (closed) {
                    throw new DiscoveryException(asked + " is no longer asked", e);
                }
                throw e;
            } finally {
                open = null;
                if (connection != null) {
                    connection.disconnect();
                }
            }
        }
        throw new DiscoveryException(endpoint + " redirects more than " + MOST_REDIRECTIONS + " times");
    }

    private HttpURLConnection connect(Endpoint asked, long until) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) asked.url().openConnection();
        connection.setInstanceFollowRedirects(false);
        connection.setUseCaches(false);
        connection.setConnectTimeout(millis(until));
        connection.setReadTimeout(millis(until));
        connection.setRequestProperty("Accept", "application/json");
        connection.setRequestProperty("User-Agent", "Sluice");
        connection.setRequestProperty("Connection", "close");
        if (asked.isSameHost(endpoint)) {
            endpoint.authorization().ifPresent(value -> connection.setRequestProperty("Authorization", value));
            headers.forEach(connection::setRequestProperty);
        }
        open = connection;
        if (closed) {
            throw new IOException("closed");
        }
        return connection;
    }

    private static String read(HttpURLConnection connection, Endpoint asked, long until)
            throws IOException, DiscoveryException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        byte[] piece = new byte[16 * 1024];
        try (InputStream in = connection.getInputStream()) {
            for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
                body.write(piece, 0, n);
                if (body.size() > LARGEST) {
                    throw new DiscoveryException(asked + " answered with more than " + LARGEST / 1024 / 1024 + " MiB");
                }
                millis(until);
            }
        }
        return body.toString(StandardCharsets.UTF_8);
    }

    private static Endpoint redirected(Endpoint from, String location) throws DiscoveryException {
        try {
            return from.redirected(location);
        } catch (IllegalArgumentException e) {
            throw new DiscoveryException(from + " redirects to where it cannot be followed: " + e.getMessage(), e);
        }
    }

    /** What is left of the time; at least one. */
    private static int millis(long until) throws SocketTimeoutException {
        long left = until - System.nanoTime();
        if (left <= 0) {
            throw new SocketTimeoutException("the time is over");
        }
        return (int) Math.max(1, left / 1_000_000);
    }

    private static String explained(IOException e) {
        if (e instanceof UnknownHostException) {
            return "has a host name that cannot be resolved";
        }
        return e instanceof ConnectException ? "cannot be reached: " + e.getMessage() : "failed: " + e;
    }

    private static String shown(Duration time) {
        return time.toMillis() % 1000 == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
    }

    /** Makes {@link #body} end; any thread. */
    void close() {
        closed = true;
        HttpURLConnection connection = open;
        if (connection != null) {
            connection.disconnect();
        }
    }
}
