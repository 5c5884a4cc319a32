package io.sluice.kernel.remote;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/**
 * Over TCP.
 *
 * <p>{@code HttpURLConnection} because it is ready in a tenth of the time that {@code java.net.http} takes to load.
 */
final class TcpWire implements Wire {

    private static final int CONNECT_MILLIS = 3_000;
    private static final int READ_MILLIS = 30_000;

    private final URI url;
    private final AdminKey key;

    TcpWire(URI url, AdminKey key) {
        this.url = url;
        this.key = key;
        // a change must not be sent a second time behind our back
        System.setProperty("sun.net.http.retryPost", "false");
    }

    @Override
    public Reply ask(String method, Route route, String body) throws IOException {
        HttpURLConnection connection = open(method, route, body);
        try {
            int status = connection.getResponseCode();
            return new Reply(status, text(status < 400 ? connection.getInputStream() : connection.getErrorStream()));
        } finally {
            connection.disconnect();
        }
    }

    private HttpURLConnection open(String method, Route route, String body) throws IOException {
        URI whole = URI.create(url.toString().replaceAll("/+$", "") + route);
        HttpURLConnection connection = (HttpURLConnection) whole.toURL().openConnection(Proxy.NO_PROXY);
        connection.setConnectTimeout(CONNECT_MILLIS);
        connection.setReadTimeout(READ_MILLIS);
        connection.setInstanceFollowRedirects(false);
        connection.setUseCaches(false);
        connection.setRequestMethod(method);
        connection.setRequestProperty("Accept", "application/json, application/problem+json");
        key.secret().ifPresent(secret -> connection.setRequestProperty("Authorization", "Bearer " + secret));
        if (!body.isEmpty()) {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            connection.setDoOutput(true);
            connection.setRequestProperty("Content-Type", "application/json");
            connection.setFixedLengthStreamingMode(bytes.length);
            connection.getOutputStream().write(bytes);
        } else if (!method.equals("GET")) {
            connection.setRequestProperty("Content-Length", "0");
        }
        return connection;
    }

    private static String text(InputStream body) throws IOException {
        if (body == null) {
            return "";
        }
        try (body) {
            byte[] bytes = body.readNBytes(LARGEST_ANSWER + 1);
            if (bytes.length > LARGEST_ANSWER) {
                throw new IOException("the answer has more than " + LARGEST_ANSWER + " bytes");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }
}
