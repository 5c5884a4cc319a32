package io.sluice.kernel.cli;

import java.util.ArrayList;
import java.util.List;

/** Rows under heads, in columns. A head that begins with {@code >} makes a column of numbers, which is never cut. */
final class Table {

    private static final String GAP = "  ";
    private static final int READABLE = 8;
    private static final int NARROWEST = 3;

    private final List<String> heads = new ArrayList<>();
    private final boolean[] numbers;
    private final List<List<String>> rows = new ArrayList<>();

    Table(String... heads) {
        numbers = new boolean[heads.length];
        for (int i = 0; i < heads.length; i++) {
            numbers[i] = heads[i].startsWith(">");
            this.heads.add(heads[i].substring(numbers[i] ? 1 : 0));
        }
    }

    /** One more row, a text for each head. */
    Table row(String... cells) {
        List<String> row = new ArrayList<>();
        for (String cell : cells) {
            row.add(cell.isEmpty() ? "-" : Screen.printable(cell));
        }
        rows.add(row);
        return this;
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    /** The lines, as wide as they need to be, but no wider than {@code width} while cutting texts can help. */
    List<String> lines(int width) {
        int[] widths = fitting(width);
        List<String> lines = new ArrayList<>();
        lines.add(line(heads, widths));
        rows.forEach(row -> lines.add(line(row, widths)));
        return lines;
    }

    private int[] fitting(int width) {
        int[] widths = new int[heads.size()];
        long all = (long) GAP.length() * (heads.size() - 1);
        for (int i = 0; i < widths.length; i++) {
            int column = i;
            widths[i] = Math.max(length(heads.get(i)), rows.stream().mapToInt(row -> length(row.get(column))).max().orElse(0));
            all += widths[i];
        }
        all = shrink(widths, all, width, true);
        shrink(widths, all, width, false);
        return widths;
    }

    /** Cuts the widest texts until the table fits: first so that they can still be read, then heads and all. */
    private long shrink(int[] widths, long now, int width, boolean readable) {
        long all = now;
        for (int widest = widest(widths, readable); all > width && widest >= 0; widest = widest(widths, readable)) {
            widths[widest]--;
            all--;
        }
        return all;
    }

    /** The widest column that may be cut, or -1. */
    private int widest(int[] widths, boolean readable) {
        int widest = -1;
        for (int i = 0; i < widths.length; i++) {
            boolean shrinks = !numbers[i] && widths[i] > (readable ? Math.max(READABLE, length(heads.get(i))) : NARROWEST);
            if (shrinks && (widest < 0 || widths[i] > widths[widest])) {
                widest = i;
            }
        }
        return widest;
    }

    private String line(List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String cell = cut(cells.get(i), widths[i]);
            String padding = " ".repeat(widths[i] - length(cell));
            line.append(i == 0 ? "" : GAP).append(numbers[i] ? padding + cell : cell + padding);
        }
        return line.toString().stripTrailing();
    }

    private static String cut(String text, int width) {
        return length(text) <= width ? text : text.substring(0, text.offsetByCodePoints(0, width - 1)) + "…";
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
