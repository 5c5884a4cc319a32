package io.sluice.plugins.adminhttp.api;

import io.sluice.spi.admin.AdminRequest;
import io.sluice.spi.admin.AdminResponse;
import io.sluice.spi.control.ControlRefused.Reason;
import io.sluice.spi.control.ControlRefused;
import io.sluice.spi.control.Problem.Severity;
import io.sluice.spi.control.Problem;
import io.sluice.spi.control.ServiceControl.Mode;
import io.sluice.spi.json.Json;
import io.sluice.spi.json.JsonException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;

/** What all handlers do with requests and answers. */
final class Answers {

    private final Json json;
    private final Turns turns = Turns.ofThisMachine();

    Answers(Json json) {
        this.json = json;
    }

    AdminResponse ok(Object value) {
        return AdminResponse.json(200, json.write(value));
    }

    /** What a change would have answered, an object, and that it was not made. */
    AdminResponse preview(Object value) {
        String text = json.write(value);
        return AdminResponse.json(200, text.substring(0, text.length() - 1) + ",\"dry_run\":true}");
    }

    AdminResponse of(int status, Object value) {
        return AdminResponse.json(status, json.write(value));
    }

    /** A page of a list; see {@link Page}. */
    <T> AdminResponse page(AdminRequest request, Turns.Work<List<T>> all, Function<T, String> key) throws ControlRefused {
        return inTurn(() -> Page.of(request, all.done(), key));
    }

    /** What is much to find and to write: only some such answers are made at a time. */
    AdminResponse inTurn(Turns.Work<?> value) throws ControlRefused {
        return turns.take(() -> ok(value.done()));
    }

    /** The body as a record. */
    <R extends Record> R read(AdminRequest request, Class<R> type) throws ControlRefused {
        try {
            return json.read(text(request), type);
        } catch (JsonException e) {
            throw new ControlRefused(Reason.INVALID, e.getMessage(), e.mistakes().stream().map(mistake -> new Problem(
                    Severity.ERROR, "bad_request", null, null, mistake.line() == 0 ? null : mistake.line(),
                    mistake.column() == 0 ? null : mistake.column(), mistake.pointer(), mistake.message(),
                    mistake.hint().isEmpty() ? null : mistake.hint())).toList());
        }
    }

    /** The body as text; it must be UTF-8. */
    static String text(AdminRequest request) throws ControlRefused {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(request.body())).toString();
        } catch (CharacterCodingException e) {
            throw new ControlRefused(Reason.INVALID, "the body is not UTF-8 text");
        }
    }

    /** Whether the request is only a preview. */
    static Mode mode(AdminRequest request) throws ControlRefused {
        return flag(request, "dry_run") ? Mode.DRY_RUN : Mode.APPLY;
    }

    /** A parameter that is {@code true} or {@code false}, said once, and nothing that looks like either. */
    static boolean flag(AdminRequest request, String name) throws ControlRefused {
        List<String> values = request.query().getOrDefault(name, List.of("false"));
        if (values.equals(List.of("true"))) {
            return true;
        }
        if (values.equals(List.of("false"))) {
            return false;
        }
        throw new ControlRefused(Reason.INVALID, name + ": " + String.join(", ", values) + " (expected: true or false, once)");
    }

    /** A parameter that is a whole number. */
    static int number(AdminRequest request, String name, int fallback, int least, int most) throws ControlRefused {
        String value = request.parameter(name).orElse(null);
        if (value == null) {
            return fallback;
        }
        try {
            int number = Integer.parseInt(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // the same answer as for a number out of range
        }
        throw new ControlRefused(Reason.INVALID, name + " (expected: " + least + " to " + most + ")");
    }
}
