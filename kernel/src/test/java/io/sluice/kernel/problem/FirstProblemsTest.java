package io.sluice.kernel.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FirstProblemsTest {

    @Test
    void aHundredAreAllKept() {
        FirstProblems first = new FirstProblems();
        for (int i = 0; i < 100; i++) {
            first.accept(warning(i, "a.json").of("a"));
        }
        assertThat(first.all()).hasSize(100);
        assertThat(first.hasErrors()).isFalse();
    }

    @Test
    void othersAreCountedByOneProblemOfTheirWorstSeverity() {
        FirstProblems first = new FirstProblems();
        for (int i = 0; i < 50_000; i++) {
            first.accept(warning(i, "a.json").of("a"));
        }
        assertThat(first.all()).hasSize(101).last().satisfies(more -> {
            assertThat(more.message()).isEqualTo("\u2026 and 49,900 more problems");
            assertThat(more.severity()).isEqualTo(Severity.WARNING);
            assertThat(more.service()).isEqualTo("a");
            assertThat(more.place().file()).isEqualTo("a.json");
        });
        for (int i = 0; i < 101; i++) {
            first.accept(error(i, "b.json").of("b"));
        }
        assertThat(first.all()).hasSize(101).last().satisfies(more -> {
            assertThat(more.message()).isEqualTo("\u2026 and 50,001 more problems");
            assertThat(more.isError()).isTrue();
            assertThat(more.service()).isEmpty();
        });
    }

    @Test
    void errorsComeBeforeWarningsButStayInOrder() {
        FirstProblems first = new FirstProblems();
        for (int i = 0; i < 100; i++) {
            first.accept(warning(i, "a.json"));
        }
        first.accept(error(7, "a.json"));
        List<Problem> all = first.all();
        assertThat(all).hasSize(101);
        assertThat(all.get(98)).isEqualTo(warning(98, "a.json"));
        assertThat(all.get(99)).isEqualTo(error(7, "a.json"));
        assertThat(all.get(100).message()).isEqualTo("\u2026 and 1 more problem");
    }

    @Test
    void whatIsCountedAlreadyIsCountedOn() {
        FirstProblems first = new FirstProblems();
        for (int i = 0; i < 1_000; i++) {
            first.accept(warning(i, "a.json"));
        }
        FirstProblems again = new FirstProblems();
        first.all().forEach(again);
        assertThat(again.all()).isEqualTo(first.all());
        again.accept(error(1, "a.json"));
        assertThat(again.all()).hasSize(101).last().extracting(Problem::message).isEqualTo("\u2026 and 901 more problems");
    }

    @Test
    void eachFileHasItsOwn() {
        List<Problem> problems = new ArrayList<>();
        problems.add(Problem.error("x", Place.NONE, "first", ""));
        for (int i = 0; i < 150; i++) {
            problems.add(error(i, "a.json").of("a" + i));
            problems.add(error(i, "").of("a" + i));
        }
        problems.add(error(0, "b.json"));
        List<Problem> bounded = FirstProblems.ofEachFile(problems);
        assertThat(bounded).hasSize(1 + 101 + 150 + 1).last().isEqualTo(error(0, "b.json"));
        assertThat(bounded).filteredOn(problem -> problem.code().equals("more_problems")).singleElement()
                .extracting(Problem::message).isEqualTo("\u2026 and 50 more problems");
    }

    private static Problem warning(int n, String file) {
        return Problem.warning("w", file.isEmpty() ? Place.NONE : Place.file(file), "warning " + n, "");
    }

    private static Problem error(int n, String file) {
        return Problem.error("e", file.isEmpty() ? Place.NONE : Place.file(file), "error " + n, "");
    }
}
