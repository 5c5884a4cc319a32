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
    private final int width;

    private Screen(PrintWriter out, int columns, int width) {
        this.out = out;
        this.columns = columns;
        this.width = width;
    }

    static Screen of(CommandSpec spec) {
        int columns = Integer.getInteger(COLUMNS, 0);
        return new Screen(spec.commandLine().getOut(), columns, width(System.getenv("COLUMNS"), columns));
    }

    /**
     * How wide a table may be: as the environment says, for those who pipe into a pager, else as the terminal is. Output
     * that goes elsewhere is never cut.
     */
    static int width(String environment, int terminal) {
        int asked = environment != null && environment.matches("[1-9]\\d{0,4}") ? Integer.parseInt(environment) : terminal;
        return asked > 0 ? Math.max(asked, NARROWEST) : Integer.MAX_VALUE;
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
        table.lines(width).forEach(out::println);
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
