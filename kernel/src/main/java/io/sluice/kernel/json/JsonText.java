package io.sluice.kernel.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;

/** Plain maps, lists, strings, numbers and booleans, and records of them, as JSON text. */
public final class JsonText {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private JsonText() {
    }

    /** The value on one line, by the rules of {@link io.sluice.spi.json.Json#write}. */
    public static String write(Object value) {
        try {
            // Jackson sees plain values only: it would keep the classes of others, and with them plugins' class loaders
            return MAPPER.writeValueAsString(PlainValues.of(value));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not a JSON value", e);
        }
    }

    /** A value that was read as lines for people, strings unexpanded, with a line end. */
    public static String pretty(JsonValue value) {
        return lines(PlainValues.unexpanded(value));
    }

    /** The value as lines for people, with a line end, by the rules of {@link io.sluice.spi.json.Json#write}. */
    public static String pretty(Object value) {
        return lines(PlainValues.of(value));
    }

    private static String lines(Object plain) {
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
        printer.indentArraysWith(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE.withLinefeed("\n"));
        printer.indentObjectsWith(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE.withLinefeed("\n"));
        try {
            return MAPPER.writer(printer).writeValueAsString(plain) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not a JSON value", e);
        }
    }
}
