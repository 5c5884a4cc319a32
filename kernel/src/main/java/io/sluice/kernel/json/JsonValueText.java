package io.sluice.kernel.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.sluice.kernel.json.JsonValue.JsonArray;
import io.sluice.kernel.json.JsonValue.JsonBoolean;
import io.sluice.kernel.json.JsonValue.JsonNumber;
import io.sluice.kernel.json.JsonValue.JsonObject;
import io.sluice.kernel.json.JsonValue.JsonString;
import io.sluice.kernel.json.JsonValue.Member;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;

/** A {@link JsonValue} as JSON text again: strings as they were written, unexpanded. */
public final class JsonValueText {

    private static final JsonFactory FACTORY = new JsonFactory();

    private JsonValueText() {
    }

    /** The value on one line. */
    public static String write(JsonValue value) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = FACTORY.createGenerator(text)) {
            write(value, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static void write(JsonValue value, JsonGenerator out) throws IOException {
        if (value instanceof JsonObject object) {
            out.writeStartObject();
            for (Map.Entry<String, Member> member : object.members().entrySet()) {
                out.writeFieldName(member.getKey());
                write(member.getValue().value(), out);
            }
            out.writeEndObject();
        } else if (value instanceof JsonArray array) {
            out.writeStartArray();
            for (JsonValue element : array.elements()) {
                write(element, out);
            }
            out.writeEndArray();
        } else if (value instanceof JsonString string) {
            out.writeString(string.raw());
        } else if (value instanceof JsonNumber number) {
            out.writeNumber(number.value());
        } else if (value instanceof JsonBoolean bool) {
            out.writeBoolean(bool.value());
        } else {
            out.writeNull();
        }
    }
}
