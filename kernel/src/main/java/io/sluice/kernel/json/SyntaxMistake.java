package io.sluice.kernel.json;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import io.sluice.kernel.problem.Place;
import io.sluice.kernel.problem.Problem;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says what is wrong with a text that is not JSON, in the words of somebody who has seen the mistake before. */
final class SyntaxMistake {

    private static final String TYPOGRAPHIC = "\u201C\u201D\u201E\u201F\u2018\u2019\u201A\u00AB\u00BB\u2033\u02BA";

    private static final Pattern TOKEN = Pattern.compile("(?:Unrecognized token|Non-standard token) '([^']+)'");
    private static final Pattern CODE = Pattern.compile("code (\\d+)\\)");
    /** What other languages write. */
    private static final Map<String, String> KNOWN_WORDS = Map.of("true", "true", "yes", "true", "on", "true", "false", "false",
            "no", "false", "off", "false", "none", "null", "nil", "null", "null", "null", "undefined", "null");

    private SyntaxMistake() {
    }

    /**
     * How far a text was read.
     *
     * @param inArray        whether the innermost open bracket is that of an array
     * @param open           where the brackets stand that are open, outermost first
     * @param lastString     where the last text in quotes stands
     * @param lastStringText what it says
     * @param ended          whether the whole value was read
     */
    record Progress(boolean inArray, List<Place> open, Place lastString, String lastStringText, boolean ended) {
    }

    static Problem explain(String file, String text, JsonProcessingException error, JsonLocation reached, Progress progress) {
        int offset = offender(text, error, error.getLocation() == null ? reached : error.getLocation());
        Place place = place(file, text, offset);
        String said = String.valueOf(error.getOriginalMessage());
        if (error instanceof StreamConstraintsException && said.contains("Number")) {
            return Problem.error("json_bounds", place, "a number with too many digits (expected: at most 100)",
                    "correct the number");
        }
        if (error instanceof StreamConstraintsException) {
            return Problem.error("json_bounds", place, "nested or written too large (expected: at most "
                    + JsonReader.MAX_DEPTH + " levels)", "no definition needs that: look for a bracket that never closes");
        }
        if (progress.ended()) {
            return behindTheEnd(place, text.charAt(Math.min(offset, text.length() - 1)));
        }
        int earlier = typographicBefore(text, offset);
        if (earlier >= 0) {
            return typographic(file, text, earlier);
        }
        if (error instanceof JsonEOFException || offset >= text.length()) {
            return tooEarly(text, place, progress.open().isEmpty() ? new Place(file, 1, 1, "")
                    : progress.open().get(progress.open().size() - 1), said.contains("closing quote"));
        }
        char c = text.charAt(offset);
        if (TYPOGRAPHIC.indexOf(c) >= 0) {
            return typographic(file, text, offset);
        }
        if (c == '\u2026' || text.startsWith("...", offset)) {
            return Problem.error("placeholder", place, "... is a placeholder (expected: JSON)",
                    "write the real fields in its place, or remove it");
        }
        if (c == ':' && progress.inArray()) {
            Place last = progress.lastString();
            return Problem.error("misplaced_member", new Place(file, last.line(), last.column(), last.pointer()),
                    "\"" + progress.lastStringText() + "\" stands in an array, outside its object"
                            + " (expected: inside the braces of the entry before it)",
                    "move the closing brace of that entry behind \"" + progress.lastStringText() + "\": …");
        }
        if (progress.open().isEmpty()) {
            return notJson(file, text, offset);
        }
        return within(text, offset, place, said, progress.inArray());
    }

    /** The text is something else altogether. */
    private static Problem notJson(String file, String text, int offset) {
        int begin = offset;
        while (begin > 0 && !Character.isWhitespace(text.charAt(begin - 1))) {
            begin--;
        }
        return Problem.error("json_syntax", place(file, text, begin), "the text begins with " + shown(text.charAt(begin))
                + " (expected: { or [)", text.startsWith("-----BEGIN", begin) ? "PEM text belongs into conf/certs"
                : "definitions and settings are JSON: an object in braces; comments are written // or /* */");
    }

    /** More than one value in a text, or what is left over when brackets do not match. */
    static Problem behindTheEnd(Place place, char c) {
        String hint = c == '}' || c == ']' ? "it closes what is closed already: remove it, or look for one that closes too early"
                : c == ',' ? "remove it, or put several definitions into one array"
                : c == '{' || c == '[' ? "put several definitions into one array, or into files of their own"
                : "remove everything behind the last bracket";
        return Problem.error("json_syntax", place, "more text after the end of the JSON value: " + shown(c)
                + " (expected: nothing)", hint);
    }

    private static Problem tooEarly(String text, Place place, Place bracket, boolean inQuotes) {
        String what = place.file().isEmpty() ? "the body" : "the file";
        String hint = place.file().isEmpty() ? "close it, or send the rest" : "close it, or restore the rest of the file";
        if (inQuotes) {
            return Problem.error("json_syntax", place, what + " ends too early: within a text in quotes (expected: a closing"
                    + " quote)", hint);
        }
        String line = text.lines().skip(bracket.line() - 1L).findFirst().orElse("");
        boolean array = bracket.column() <= line.length() && line.charAt(bracket.column() - 1) == '[';
        return Problem.error("json_syntax", place, what + " ends too early: the bracket of line " + bracket.line()
                + ", column " + bracket.column() + " is still open (expected: " + (array ? "]" : "}") + ")", hint);
    }

    /** What stands within brackets where something else should. */
    private static Problem within(String text, int offset, Place place, String said, boolean inArray) {
        char c = text.charAt(offset);
        if (said.startsWith("Illegal unquoted character")) {
            return unescaped(place, c);
        }
        if (said.startsWith("Unrecognized character escape")) {
            return Problem.error("json_syntax", place, "\\" + shown(c) + " in a text (expected: one of \\\" \\\\ \\/ \\b \\f \\n \\r"
                    + " \\t \\uXXXX)", "a backslash itself is written \\\\");
        }
        if (c == '\'') {
            return Problem.error("json_syntax", place, "single quote ' (expected: a straight quote \")",
                    "JSON strings and names stand in double quotes");
        }
        if (c == '#') {
            return Problem.error("json_syntax", place, "unexpected # (expected: JSON)", "comments are written // or /* */");
        }
        if (said.contains("Leading zero") || said.contains("umeric value") || said.contains("Decimal point")
                || said.contains("Exponent") || offset > 0 && Character.isDigit(text.charAt(offset - 1)) && Character.isLetter(c)) {
            return Problem.error("json_syntax", place, "unexpected " + shown(c) + " in a number (expected: digits, without + or 0 in front, as in 6379"
                    + " or 0.5)", "correct the number; durations and other texts stand in double quotes");
        }
        String word = word(text, offset);
        if (said.contains("double-quote to start field name") || said.contains("was expecting either valid name character")) {
            return Problem.error("json_syntax", place, (word.isEmpty() ? "unexpected " + shown(c) : word + " without quotes")
                    + " (expected: a name in double quotes, or })", word.isEmpty() ? "correct the text here or just before"
                    : "write \"" + word + "\"");
        }
        if (said.contains("expecting a colon")) {
            return Problem.error("json_syntax", place, "unexpected " + shown(c) + " (expected: a colon between a name and its"
                    + " value)", "write a colon; a name and its value look like \"listen_port\": 6379");
        }
        if (said.contains("expecting comma")) {
            return Problem.error("json_syntax", place, "a comma is missing before " + shown(c) + " (expected: , or a"
                    + " closing bracket)", "put a comma after the value before");
        }
        if (!word.isEmpty()) {
            String known = KNOWN_WORDS.get(word.toLowerCase(Locale.ROOT));
            return Problem.error("json_syntax", place, word + " without quotes (expected: a value)",
                    known == null ? "texts stand in double quotes: \"" + word + "\"" : "write " + known);
        }
        return Problem.error("json_syntax", place, "unexpected " + shown(c) + " (expected: "
                + (inArray ? "a value or ]" : "a name in double quotes, a value or }") + ")",
                "correct the text here or just before");
    }

    private static Problem unescaped(Place place, char c) {
        boolean line = c == '\n' || c == '\r';
        return Problem.error("json_syntax", place, (line ? "a line ends" : c == '\t' ? "a tab stands" : shown(c) + " stands")
                + " within a text in quotes (expected: " + (line ? "a closing quote, or \\n" : c == '\t' ? "\\t"
                : String.format("\\u%04x", (int) c)) + ")",
                line ? "close the text on its line; a line end within a text is written \\n" : "write it as an escape, or remove it");
    }

    /** The letters that stand there. */
    private static String word(String text, int offset) {
        int end = offset;
        while (end < text.length() && (Character.isLetterOrDigit(text.charAt(end)) || text.charAt(end) == '_') && end - offset < 40) {
            end++;
        }
        return end > offset && Character.isLetter(text.charAt(offset)) ? text.substring(offset, end) : "";
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

    /** Jackson points at the offending character, or just behind it, and says which one it is. */
    private static int offender(String text, JsonProcessingException error, JsonLocation location) {
        int offset = (int) Math.min(location.getCharOffset(), text.length());
        Matcher token = TOKEN.matcher(String.valueOf(error.getOriginalMessage()));
        if (token.find()) {
            int begin = text.lastIndexOf(token.group(1), offset);
            return begin < 0 ? offset : begin;
        }
        Matcher code = CODE.matcher(String.valueOf(error.getOriginalMessage()));
        if (code.find()) {
            char c = (char) Integer.parseInt(code.group(1));
            for (int at = Math.min(offset, text.length() - 1); at >= Math.max(0, offset - 2); at--) {
                if (text.charAt(at) == c) {
                    return begun(text, at);
                }
            }
        }
        if (offset > 0 && offset < text.length() && isSuspect(text.charAt(offset - 1)) && !isSuspect(text.charAt(offset))) {
            offset--;
        }
        while (offset < text.length() && Character.isWhitespace(text.charAt(offset))) {
            offset++;
        }
        return begun(text, offset);
    }

    /** Where a row of dots begins. */
    private static int begun(String text, int offset) {
        int begin = offset;
        while (begin > 1 && text.startsWith("..", begin - 1)) {
            begin--;
        }
        return begin;
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
