package io.sluice.kernel.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import io.sluice.kernel.json.JsonValue.JsonArray;
import io.sluice.kernel.json.JsonValue.JsonBoolean;
import io.sluice.kernel.json.JsonValue.JsonNull;
import io.sluice.kernel.json.JsonValue.JsonNumber;
import io.sluice.kernel.json.JsonValue.JsonObject;
import io.sluice.kernel.json.JsonValue.JsonString;
import io.sluice.kernel.json.JsonValue.Member;
import io.sluice.kernel.problem.Place;
import io.sluice.kernel.problem.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads one JSON text (RFC 8259, and comments and trailing commas) into values that know their places. The first thing
 * that is not JSON ends it; names that stand there twice and variables that are not set are found to the end.
 */
public final class JsonReader {

    /** Longest text, in characters. */
    static final int MAX_LENGTH = 4 * 1024 * 1024;
    /** Deepest nesting. */
    static final int MAX_DEPTH = 64;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
            .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH).maxStringLength(MAX_LENGTH).maxNumberLength(100).build())
            .build();

    private final String file;
    private final String text;
    private final Optional<Map<String, String>> environment;
    private final JsonParser parser;
    private final List<Place> open = new ArrayList<>();
    private final List<Problem> found = new ArrayList<>();
    private Place lastString = Place.NONE;
    private String lastStringText = "";
    private boolean ended;

    private JsonReader(String file, String text, Optional<Map<String, String>> environment) throws IOException {
        this.file = file;
        this.text = text.startsWith("\uFEFF") ? text.substring(1) : text;
        this.environment = environment;
        this.parser = FACTORY.createParser(this.text);
    }

    /**
     * Reads a text.
     *
     * @param file        its name, for places; empty for the body of a request
     * @param environment expands <code>${NAME}</code> and <code>${NAME:-default}</code> in strings; empty for texts
     *                    that do not come from the operator's own files
     */
    public static JsonValue read(String file, String text, Optional<Map<String, String>> environment) throws BadJson {
        if (text.length() > MAX_LENGTH) {
            throw new BadJson(Problem.error("file_too_large", Place.file(file), "the file has " + text.length()
                    + " characters (expected: at most " + MAX_LENGTH + ")", "split it into several files"));
        }
        if (text.isBlank()) {
            throw empty(file, "is empty");
        }
        JsonReader reader;
        try {
            reader = new JsonReader(file, text, environment);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return reader.read();
    }

    /** What has no file is the body of a request. */
    private static BadJson empty(String file, String how) {
        boolean body = file.isEmpty();
        return new BadJson(Problem.error(body ? "body_empty" : "file_empty", new Place(file, 1, 1, ""),
                (body ? "the body " : "the file ") + how + " (expected: JSON)",
                body ? "send JSON as the body of the request" : "write what belongs into it, or remove it"));
    }

    private JsonValue read() throws BadJson {
        try (parser) {
            if (parser.nextToken() == null) {
                throw empty(file, "holds nothing but comments");
            }
            JsonValue value = value("");
            ended = true;
            if (parser.nextToken() != null) {
                Place place = here("");
                found.add(SyntaxMistake.behindTheEnd(place, text.charAt((int) parser.currentTokenLocation().getCharOffset())));
            }
            if (!found.isEmpty()) {
                throw new BadJson(found);
            }
            return value;
        } catch (JsonProcessingException e) {
            found.add(SyntaxMistake.explain(file, text, e, parser.currentLocation(), new SyntaxMistake.Progress(
                    parser.getParsingContext().inArray(), open, lastString, lastStringText, ended)));
            throw new BadJson(found);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private JsonValue value(String pointer) throws IOException {
        Place place = here(pointer);
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(place, pointer);
            case START_ARRAY -> array(place, pointer);
            case VALUE_STRING -> string(place);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new JsonNumber(place, parser.getDecimalValue());
            case VALUE_TRUE, VALUE_FALSE -> new JsonBoolean(place, parser.getBooleanValue());
            default -> new JsonNull(place);
        };
    }

    private JsonObject object(Place place, String pointer) throws IOException {
        open.add(place);
        Map<String, Member> members = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            String member = pointer + "/" + name.replace("~", "~0").replace("/", "~1");
            Place key = here(member);
            Member earlier = members.get(name);
            if (earlier != null) {
                found.add(Problem.error("duplicate_key", key, "\"" + name + "\" stands here a second time"
                        + " (expected: once; first in line " + earlier.keyPlace().line() + ")", "remove one of them"));
            }
            parser.nextToken();
            members.put(name, new Member(key, value(member)));
        }
        open.remove(open.size() - 1);
        return new JsonObject(place, members);
    }

    private JsonArray array(Place place, String pointer) throws IOException {
        open.add(place);
        List<JsonValue> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            elements.add(value(pointer + "/" + elements.size()));
        }
        open.remove(open.size() - 1);
        return new JsonArray(place, elements);
    }

    private JsonString string(Place place) throws IOException {
        String raw = parser.getText();
        lastString = place;
        lastStringText = raw;
        try {
            return new JsonString(place, raw, environment.isEmpty() ? raw : Variables.expand(raw, environment.get(), place));
        } catch (BadJson e) {
            found.addAll(e.problems());
            return new JsonString(place, raw, raw);
        }
    }

    private Place here(String pointer) {
        var location = parser.currentTokenLocation();
        return new Place(file, location.getLineNr(), location.getColumnNr(), pointer);
    }
}
