package io.sluice.kernel.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.PrettyPrinter;
import com.fasterxml.jackson.core.io.SegmentedStringWriter;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Plain maps, lists, strings, numbers and booleans, and records of them, as JSON text. Written as they are walked: a list
 * of thousands is never copied first, and Jackson sees no object of a plugin, whose class it would keep.
 */
public final class JsonText {

    private static final JsonFactory FACTORY = new JsonFactory();

    private JsonText() {
    }

    /** The value on one line, by the rules of {@link io.sluice.spi.json.Json#write}. */
    public static String write(Object value) {
        return write(value, null);
    }

    /** A value that was read as lines for people, strings unexpanded, with a line end. */
    public static String pretty(JsonValue value) {
        return pretty(PlainValues.unexpanded(value));
    }

    /** The value as lines for people, with a line end, by the rules of {@link io.sluice.spi.json.Json#write}. */
    public static String pretty(Object value) {
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
        printer.indentArraysWith(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE.withLinefeed("\n"));
        printer.indentObjectsWith(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE.withLinefeed("\n"));
        return write(value, printer) + "\n";
    }

    private static String write(Object value, PrettyPrinter printer) {
        // its buffers are kept from one text to the next
        try (SegmentedStringWriter text = new SegmentedStringWriter(FACTORY._getBufferRecycler())) {
            try (JsonGenerator out = FACTORY.createGenerator(text)) {
                out.setPrettyPrinter(printer);
                write(value, 0, out);
            }
            return text.getAndClear();
        } catch (IOException e) {
            throw new IllegalArgumentException("not a JSON value", e);
        }
    }

    private static void write(Object value, int depth, JsonGenerator out) throws IOException {
        if (depth > JsonReader.MAX_DEPTH) {
            throw new IllegalArgumentException("nested deeper than " + JsonReader.MAX_DEPTH + " levels");
        }
        if (value == null) {
            out.writeNull();
        } else if (value instanceof String string) {
            out.writeString(string);
        } else if (value instanceof Number number) {
            write(number, out);
        } else if (value instanceof Boolean bool) {
            out.writeBoolean(bool);
        } else if (value instanceof Optional<?> optional) {
            write(optional.orElse(null), depth, out);
        } else if (value instanceof Record record) {
            out.writeStartObject();
            for (RecordParts.Part part : RecordParts.of(record)) {
                out.writeFieldName(part.name());
                write(part.of(record), depth + 1, out);
            }
            out.writeEndObject();
        } else if (value instanceof Map<?, ?> map) {
            out.writeStartObject();
            for (Map.Entry<?, ?> member : map.entrySet()) {
                out.writeFieldName(String.valueOf(member.getKey()));
                write(member.getValue(), depth + 1, out);
            }
            out.writeEndObject();
        } else if (value instanceof Collection<?> collection) {
            out.writeStartArray();
            for (Object element : collection) {
                write(element, depth + 1, out);
            }
            out.writeEndArray();
        } else {
            out.writeString(value instanceof Enum<?> constant ? constant.name().toLowerCase(Locale.ROOT) : value.toString());
        }
    }

    private static void write(Number number, JsonGenerator out) throws IOException {
        if (number instanceof Integer || number instanceof Long || number instanceof Short || number instanceof Byte) {
            out.writeNumber(number.longValue());
        } else if (number instanceof Double decimal) {
            out.writeNumber(decimal);
        } else if (number instanceof Float decimal) {
            out.writeNumber(decimal);
        } else if (number instanceof BigDecimal decimal) {
            out.writeNumber(decimal);
        } else if (number instanceof BigInteger whole) {
            out.writeNumber(whole);
        } else {
            out.writeNumber(number.toString());
        }
    }
}
