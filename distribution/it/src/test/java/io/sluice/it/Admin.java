package io.sluice.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.stream.Stream;

/**
 * A client of a gateway's admin API. Each request has a connection of its own: one that is kept may just be ended by the
 * server when the next request is sent, and only some requests may be sent twice.
 */
final class Admin {

    static {
        System.setProperty("jdk.httpclient.allowRestrictedHeaders", "connection");
    }

    private static final ObjectMapper JSON = new ObjectMapper();

    final String url;
    final String key;
    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private Admin(String url, String key) {
        this.url = url;
        this.key = key;
    }

    static Admin of(Gateway gateway) throws IOException {
        return new Admin(gateway.ready().get("admin").asText(),
                Files.readString(gateway.base.resolve("data/admin-secret")).strip());
    }

    /** An answer. */
    record Answer(int status, HttpResponse<String> response) {

        JsonNode json() throws IOException {
            return JSON.readTree(response.body());
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        String etag() {
            return header("etag");
        }
    }

    Answer get(String path) throws IOException {
        return send("GET", path, null);
    }

    /** A request with the key; headers as name, value, name, value. */
    Answer send(String method, String path, String body, String... headers) throws IOException {
        return ask(method, path, body, keyed(headers));
    }

    /** A request without the key. */
    Answer anonymous(String method, String path, String... headers) throws IOException {
        return ask(method, path, null, headers);
    }

    /** The same with a body; {@code null} for none. */
    Answer ask(String method, String path, String body, String... headers) throws IOException {
        HttpResponse<String> response = exchange(request(method, path, body, headers), BodyHandlers.ofString());
        return new Answer(response.statusCode(), response);
    }

    /** The JSON of an answer that must be a success. */
    JsonNode json(String method, String path) throws IOException {
        return json(method, path, null);
    }

    JsonNode json(String method, String path, String body, String... headers) throws IOException {
        Answer answer = send(method, path, body, headers);
        if (answer.status() >= 300) {
            throw new IOException(method + " " + path + ": " + answer.status() + " " + answer.response().body());
        }
        return answer.json();
    }

    /** Replaces a definition, or makes one. */
    JsonNode put(String id, String definition) throws IOException {
        return json("PUT", "/v1/services/" + id, definition, "If-Match", "*");
    }

    /** A stream that is read by the caller. */
    InputStream stream(String path, String... headers) throws IOException {
        return exchange(request("GET", path, null, keyed(headers)), BodyHandlers.ofInputStream()).body();
    }

    private HttpRequest request(String method, String path, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path)).timeout(Patience.LIMIT)
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body)).header("Connection", "close");
        return (headers.length == 0 ? request : request.headers(headers)).build();
    }

    private String[] keyed(String... headers) {
        return Stream.concat(Stream.of("Authorization", "Bearer " + key), Stream.of(headers)).toArray(String[]::new);
    }

    private <T> HttpResponse<T> exchange(HttpRequest request, BodyHandler<T> body) throws IOException {
        try {
            return client.send(request, body);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** What comes back for bytes that no well-behaved client would send. */
    String raw(byte[] request) throws IOException {
        URI uri = URI.create(url);
        try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
            socket.setSoTimeout((int) Patience.LIMIT.toMillis());
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            try {
                socket.getOutputStream().write(request);
            } catch (SocketException e) {
                // answered before all of it was read
            }
            try {
                socket.getInputStream().transferTo(answer);
            } catch (SocketException e) {
                // a reset behind the answer: the server does not wait for ever for what it will not read
            }
            return answer.toString(StandardCharsets.ISO_8859_1);
        }
    }

    String raw(String request) throws IOException {
        return raw(request.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** The head of a raw request with the key, without its last empty line. */
    String head(String line) {
        return line + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + key + "\r\nConnection: close\r\n";
    }
}
