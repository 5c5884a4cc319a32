package io.sluice.kernel.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;

/** Answers as the admin API's contract says, on a port of its own, and remembers what it was asked. */
final class FakeGateway implements AutoCloseable {

    static final String KEY = "the-key";

    private record Answer(int status, String body) {
    }

    private final HttpServer server;
    private final Map<String, Queue<Answer>> answers = new HashMap<>();
    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());

    FakeGateway() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** What a request line is answered with; several answers are given one after the other, the last one for ever. */
    FakeGateway on(String request, int status, String body) {
        synchronized (answers) {
            answers.computeIfAbsent(request, r -> new ArrayDeque<>()).add(new Answer(status, body));
        }
        return this;
    }

    /** Request lines so far, and the body behind a space where there was one. */
    List<String> asked() {
        return List.copyOf(asked);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String request = exchange.getRequestMethod() + " " + exchange.getRequestURI();
        asked.add(body.isEmpty() ? request : request + " " + body);
        boolean open = ("Bearer " + KEY).equals(exchange.getRequestHeaders().getFirst("Authorization"));
        Answer answer = open ? next(request) : new Answer(401, "{\"title\":\"Unauthorized\",\"status\":401}");
        byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", answer.status() < 300 ? "application/json" : "application/problem+json");
        exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }

    private Answer next(String request) {
        synchronized (answers) {
            Queue<Answer> queue = answers.getOrDefault(request, new ArrayDeque<>());
            if (queue.isEmpty()) {
                return new Answer(404, "{\"title\":\"Not Found\",\"status\":404,\"detail\":\"there is no " + request + "\"}");
            }
            return queue.size() > 1 ? queue.remove() : queue.element();
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
