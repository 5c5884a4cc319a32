package io.sluice.plugins.adminhttp.api;

import io.sluice.spi.admin.AdminRequest;
import io.sluice.spi.admin.AdminResponse;
import io.sluice.spi.control.ControlRefused.Reason;
import io.sluice.spi.control.ControlRefused;
import io.sluice.spi.control.Event;
import io.sluice.spi.control.EventLog;
import io.sluice.spi.control.GatewayControl;
import io.sluice.spi.json.Json;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Events as they happen: {@code text/event-stream} of the HTML standard, 9.2. */
final class EventRoutes {

    private static final int AT_ONCE = 64;
    private static final long SIGN_OF_LIFE_SECONDS = 15;

    private final EventLog events;
    private final Json json;

    EventRoutes(GatewayControl gateway) {
        this.events = gateway.events();
        this.json = gateway.json();
    }

    List<Operation> all() {
        return List.of(Operation.of("GET", "/v1/events", "What happens from now on, or from a known event on.")
                .header("Last-Event-ID", "the id of the last event that is known").query("after", "the same, for a first request; 0 = all that are kept")
                .answers(new Shape.Text("text/event-stream")).refuses(400).by(this::stream));
    }

    private AdminResponse stream(AdminRequest request) throws ControlRefused {
        long after = after(request);
        return new AdminResponse(200, Map.of("content-type", "text/event-stream", "cache-control", "no-store"),
                new AdminResponse.Stream(out -> write(after, out)));
    }

    private long after(AdminRequest request) throws ControlRefused {
        String given = request.header("last-event-id").or(() -> request.parameter("after")).orElse(null);
        try {
            return given == null || given.isBlank() ? events.latest() : Long.parseLong(given.strip());
        } catch (NumberFormatException e) {
            throw new ControlRefused(Reason.INVALID, "Last-Event-ID (expected: the id of an event)");
        }
    }

    private void write(long from, OutputStream out) throws IOException {
        Semaphore news = new Semaphore(0);
        long after = from;
        try (EventLog.Subscription ignored = events.onEvent(news::release)) {
            out.write("retry: 2000\n\n".getBytes(StandardCharsets.UTF_8));
            while (true) {
                List<Event> next = events.after(after, AT_ONCE);
                if (next.isEmpty()) {
                    pause(news, out);
                } else {
                    StringBuilder text = new StringBuilder();
                    next.forEach(event -> append(event, text));
                    out.write(text.toString().getBytes(StandardCharsets.UTF_8));
                    after = next.get(next.size() - 1).id();
                }
            }
        }
    }

    /** A comment now and then finds out whether anybody is still there. */
    private static void pause(Semaphore news, OutputStream out) throws IOException {
        try {
            if (!news.tryAcquire(SIGN_OF_LIFE_SECONDS, TimeUnit.SECONDS)) {
                out.write(":\n\n".getBytes(StandardCharsets.UTF_8));
            }
            news.drainPermits();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the server ends");
        }
    }

    private void append(Event event, StringBuilder text) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("time", event.time());
        data.putAll(event.data());
        text.append("id: ").append(event.id()).append("\nevent: ").append(event.type())
                .append("\ndata: ").append(json.write(data)).append("\n\n");
    }
}
