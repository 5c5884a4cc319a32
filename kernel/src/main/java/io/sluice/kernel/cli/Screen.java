package io.sluice.kernel.cli;

import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Standard output, as wide as the terminal. Whatever is printed for people goes through here: names come from files and
 * peers, and must not move the cursor.
 */
final class Screen {

    /** Set by the launcher when standard output is a terminal. */
    private static final String COLUMNS = "sluice.terminal.columns";
    private static final int NARROWEST = 40;

    private final PrintWriter out;
    private final int columns;

    private Screen(PrintWriter out, int columns) {
        this.out = out;
        this.columns = columns;
    }

    static Screen of(CommandSpec spec) {
        return new Screen(spec.commandLine().getOut(), Integer.getInteger(COLUMNS, 0));
    }

    boolean isTerminal() {
        return columns > 0;
    }

    void line(String text) {
        out.println(printable(text));
        out.flush();
    }

    /** Text of our own making, or JSON: as it is. */
    void raw(String text) {
        out.print(text);
        out.flush();
    }

    void table(Table table) {
        table.lines(isTerminal() ? Math.max(columns, NARROWEST) : Integer.MAX_VALUE).forEach(out::println);
        out.flush();
    }

    /** On a terminal the line replaces the one before. */
    void progress(String text) {
        out.print(isTerminal() ? "\r\u001b[K" + printable(text) : printable(text) + System.lineSeparator());
        out.flush();
    }

    /** Controls, and marks that turn the direction of writing, show as question marks. */
    static String printable(String text) {
        StringBuilder printable = new StringBuilder(text.length());
        text.codePoints().forEach(c -> printable.appendCodePoint(
                Character.isISOControl(c) || Character.getType(c) == Character.FORMAT
                        || Character.getType(c) == Character.LINE_SEPARATOR
                        || Character.getType(c) == Character.PARAGRAPH_SEPARATOR ? '?' : c));
        return printable.toString();
    }
}
