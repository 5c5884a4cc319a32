package io.sluice.kernel.problem;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The first hundred problems of something that may have any number of them, errors before warnings, in the order in which
 * they were found. The others are counted, and one problem at the end says how many they are. Not thread-safe.
 */
public final class FirstProblems implements Consumer<Problem> {

    /** How many are kept, besides the one that counts the others. */
    public static final int MOST = 100;

    private static final String CODE = "more_problems";
    private static final Pattern COUNTED = Pattern.compile("\u2026 and ([\\d,]{1,20}) more .*");

    private final List<Problem> kept = new ArrayList<>();
    private int errors;
    private long dropped;
    private boolean droppedErrors;
    /** Those that are counted belong to this service and stand in this file; empty as soon as they differ. */
    private String service;
    private String file;

    @Override
    public void accept(Problem problem) {
        Matcher counted = COUNTED.matcher(problem.message());
        if (problem.code().equals(CODE) && counted.matches()) {
            drop(problem, Long.parseLong(counted.group(1).replace(",", "")));
            return;
        }
        // a hundred warnings are held back until it is known that there are not as many errors
        int same = problem.isError() ? errors : kept.size() - errors;
        if (same == MOST) {
            drop(problem, 1);
            return;
        }
        kept.add(problem);
        errors += problem.isError() ? 1 : 0;
    }

    private void drop(Problem problem, long count) {
        service = dropped == 0 || problem.service().equals(service) ? problem.service() : "";
        file = dropped == 0 || problem.place().file().equals(file) ? problem.place().file() : "";
        droppedErrors |= problem.isError();
        dropped += count;
    }

    /** Whether an error was among them. */
    public boolean hasErrors() {
        return errors > 0 || droppedErrors;
    }

    /** At most a hundred, and one that counts the others. */
    public List<Problem> all() {
        if (dropped == 0 && kept.size() <= MOST) {
            return List.copyOf(kept);
        }
        FirstProblems shown = new FirstProblems();
        shown.dropped = dropped;
        shown.droppedErrors = droppedErrors;
        shown.service = service;
        shown.file = file;
        int warnings = MOST - errors;
        for (Problem problem : kept) {
            if (problem.isError() || warnings-- > 0) {
                shown.kept.add(problem);
            } else {
                shown.drop(problem, 1);
            }
        }
        return shown.dropped == 0 ? List.copyOf(shown.kept) : shown.counted();
    }

    private List<Problem> counted() {
        String more = String.format(Locale.ROOT, "\u2026 and %,d more %s", dropped, dropped == 1 ? "problem" : "problems");
        Place place = file.isEmpty() ? Place.NONE : Place.file(file);
        kept.add((droppedErrors ? Problem.error(CODE, place, more, "mend the first ones, and look again")
                : Problem.warning(CODE, place, more, "mend the first ones, and look again")).of(service));
        return List.copyOf(kept);
    }

    /** Of the problems of each file the first ones; those that stand in no file are all kept. */
    public static List<Problem> ofEachFile(List<Problem> problems) {
        Map<String, FirstProblems> files = new LinkedHashMap<>();
        problems.forEach(problem -> files.computeIfAbsent(problem.place().file(), f -> new FirstProblems()).accept(problem));
        if (files.entrySet().stream().allMatch(file -> file.getKey().isEmpty() || file.getValue().isWhole())) {
            return problems;
        }
        List<Problem> all = new ArrayList<>();
        for (Problem problem : problems) {
            String file = problem.place().file();
            FirstProblems first = files.get(file);
            if (file.isEmpty()) {
                all.add(problem);
            } else if (first != null) {
                // at the place of its first one, so that files stay in their order
                all.addAll(first.all());
                files.remove(file);
            }
        }
        return all;
    }

    private boolean isWhole() {
        return dropped == 0 && kept.size() <= MOST;
    }
}
