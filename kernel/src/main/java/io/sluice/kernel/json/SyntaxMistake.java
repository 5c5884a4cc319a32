package io.sluice.kernel.json;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import io.sluice.kernel.problem.Place;
import io.sluice.kernel.problem.Problem;
import java.util.List;

/** Says what is wrong with a text that is not JSON, in the words of somebody who has seen the mistake before. */
final class SyntaxMistake {

    private static final String TYPOGRAPHIC = "\u201C\u201D\u201E\u201F\u2018\u2019\u201A\u00AB\u00BB\u2033\u02BA";

    private SyntaxMistake() {
    }

    static Problem explain(String file, String text, JsonProcessingException error, JsonLocation reached, boolean inArray,
            List<Place> open, Place lastString, String lastStringText) {
        int offset = offender(text, error.getLocation() == null ? reached : error.getLocation());
        Place place = place(file, text, offset);
        if (error instanceof StreamConstraintsException && String.valueOf(error.getOriginalMessage()).contains("Number")) {
            return Problem.error("json_bounds", place, "a number with too many digits (expected: at most 100)",
                    "correct the number");
        }
        if (error instanceof StreamConstraintsException) {
            return Problem.error("json_bounds", place, "nested or written too large (expected: at most "
                    + JsonReader.MAX_DEPTH + " levels)", "no definition needs that: look for a bracket that never closes");
        }
        int earlier = typographicBefore(text, offset);
        if (earlier >= 0) {
            return typographic(file, text, earlier);
        }
        if (error instanceof JsonEOFException || offset >= text.length()) {
            Place bracket = open.isEmpty() ? new Place(file, 1, 1, "") : open.get(open.size() - 1);
            return Problem.error("json_syntax", place, (file.isEmpty() ? "the body" : "the file")
                    + " ends too early: the bracket of line " + bracket.line() + ", column " + bracket.column()
                    + " is still open", file.isEmpty() ? "close it, or send the rest" : "close it, or restore the rest of the file");
        }
        char c = text.charAt(offset);
        if (TYPOGRAPHIC.indexOf(c) >= 0) {
            return typographic(file, text, offset);
        }
        if (c == '\u2026' || text.startsWith("...", offset)) {
            return Problem.error("placeholder", place, "... is a placeholder (expected: JSON)",
                    "write the real fields in its place, or remove it");
        }
        if (c == ':' && inArray) {
            return Problem.error("misplaced_member", new Place(file, lastString.line(), lastString.column(), lastString.pointer()),
                    "\"" + lastStringText + "\" stands in an array, outside its object"
                            + " (expected: inside the braces of the entry before it)",
                    "move the closing brace of that entry behind \"" + lastStringText + "\": …");
        }
        if (c == '\'') {
            return Problem.error("json_syntax", place, "single quote ' (expected: a straight quote \")",
                    "JSON strings and names stand in double quotes");
        }
        if (error.getOriginalMessage().contains("expecting comma")) {
            return Problem.error("json_syntax", place, "a comma is missing before " + shown(c) + " (expected: , or a"
                    + " closing bracket)", "put a comma after the value before");
        }
        return Problem.error("json_syntax", place, "unexpected " + shown(c) + " (expected: "
                + (inArray ? "a value or ]" : "a name in double quotes, a value or }") + ")",
                "correct the text here or just before");
    }

    private static Problem typographic(String file, String text, int offset) {
        return Problem.error("typographic_quote", place(file, text, offset), "typographic quote " + text.charAt(offset)
                + " (expected: a straight quote \")",
                "the text was probably copied from a web page: replace all such quotes by \"");
    }

    /**
     * A quotation mark of the wrong sort that lets a string swallow what follows: on the line of the mistake, before it,
     * and next to what stands beside a real one.
     */
    private static int typographicBefore(String text, int offset) {
        int end = Math.min(offset, text.length());
        for (int i = end - 1; i > 0 && text.charAt(i) != '\n'; i--) {
            if (TYPOGRAPHIC.indexOf(text.charAt(i)) >= 0 && (follows(text, i + 1, ":,]}") || precedes(text, i - 1, ":,[{"))) {
                return i;
            }
        }
        return -1;
    }

    private static boolean follows(String text, int at, String marks) {
        int i = at;
        while (i < text.length() && text.charAt(i) == ' ') {
            i++;
        }
        return i < text.length() && marks.indexOf(text.charAt(i)) >= 0;
    }

    private static boolean precedes(String text, int at, String marks) {
        int i = at;
        while (i > 0 && text.charAt(i) == ' ') {
            i--;
        }
        return i >= 0 && marks.indexOf(text.charAt(i)) >= 0;
    }

    /** Jackson points at the offending character, or just behind it. */
    private static int offender(String text, JsonLocation location) {
        int offset = (int) Math.min(location.getCharOffset(), text.length());
        if (offset > 0 && offset < text.length() && isSuspect(text.charAt(offset - 1)) && !isSuspect(text.charAt(offset))) {
            offset--;
        }
        while (offset < text.length() && Character.isWhitespace(text.charAt(offset))) {
            offset++;
        }
        while (offset > 1 && text.startsWith("..", offset - 1)) {
            offset--;
        }
        return offset;
    }

    private static boolean isSuspect(char c) {
        return TYPOGRAPHIC.indexOf(c) >= 0 || c == '\u2026' || c == '.' || c == ':' || c == '\'';
    }

    private static String shown(char c) {
        return c < 0x20 || c == 0x7f ? String.format("control character U+%04X", (int) c) : "" + c;
    }

    private static Place place(String file, String text, int offset) {
        int line = 1;
        int start = 0;
        for (int i = 0; i < Math.min(offset, text.length()); i++) {
            if (text.charAt(i) == '\n') {
                line++;
                start = i + 1;
            }
        }
        return new Place(file, line, Math.min(offset, text.length()) - start + 1, "");
    }
}
