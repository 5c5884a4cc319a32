package io.sluice.kernel.problem;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Problems for people: {@code file:line:column: error: …}, the line itself, a caret, and a hint. */
public final class ProblemPrinter {

    private static final int WIDTH = 160;

    private final Function<String, String> sources;

    /**
     * @param sources the text of a file by its shown name; {@code null} where there is none
     */
    public ProblemPrinter(Function<String, String> sources) {
        this.sources = sources;
    }

    /** The shape that programs get. */
    public static Map<String, Object> json(Problem problem) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("severity", problem.severity().word());
        json.put("code", problem.code());
        json.put("service", orNull(problem.service()));
        json.put("file", orNull(problem.place().file()));
        json.put("line", problem.place().line() == 0 ? null : problem.place().line());
        json.put("column", problem.place().column() == 0 ? null : problem.place().column());
        json.put("pointer", problem.place().line() == 0 ? null : problem.place().pointer());
        json.put("message", problem.message());
        json.put("hint", orNull(problem.hint()));
        return json;
    }

    private static String orNull(String text) {
        return text.isEmpty() ? null : text;
    }

    /** Prints them in the order given. */
    public void print(List<Problem> problems, PrintWriter out) {
        problems.forEach(problem -> print(problem, out));
        out.flush();
    }

    private void print(Problem problem, PrintWriter out) {
        Place place = problem.place();
        String prefix = place.file().isEmpty() ? "" : place.line() == 0 ? place.file() + ": "
                : place.file() + ":" + place.line() + ":" + place.column() + ": ";
        out.println(prefix + problem.severity().word() + ": " + visible(problem.message()));
        if (place.line() > 0) {
            String text = sources.apply(place.file());
            if (text != null) {
                text.lines().skip(place.line() - 1L).findFirst().ifPresent(line -> caret(KeyMask.line(line), place.column(), out));
            }
        }
        if (!problem.hint().isEmpty()) {
            out.println("    hint: " + visible(problem.hint()));
        }
    }

    /** The line, cut around the column where it is long, and a caret below it. */
    private static void caret(String line, int column, PrintWriter out) {
        int at = Math.max(0, Math.min(column - 1, line.length()));
        int from = line.length() <= WIDTH ? 0 : Math.max(0, Math.min(at - WIDTH / 2, line.length() - WIDTH));
        String shown = line.substring(from, Math.min(line.length(), from + WIDTH));
        StringBuilder below = new StringBuilder();
        for (int i = from; i < at; i++) {
            below.append(line.charAt(i) == '\t' ? '\t' : ' ');
        }
        out.println("    " + visible(shown));
        out.println("    " + below + "^");
    }

    /** Control characters would let a file write to the operator's terminal. */
    private static String visible(String text) {
        StringBuilder out = new StringBuilder();
        text.chars().forEach(c -> out.append(c == '\t' || !Character.isISOControl(c) ? String.valueOf((char) c) : "?"));
        return out.toString();
    }
}
