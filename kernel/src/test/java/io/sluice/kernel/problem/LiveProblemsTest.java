package io.sluice.kernel.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LiveProblemsTest {

    private final LiveProblems problems = new LiveProblems();
    private final List<String> told = new ArrayList<>();

    LiveProblemsTest() {
        problems.onChange(change -> told.add((change.raised() ? "+" : "-") + change.problem().message()));
    }

    @Test
    void raisingTwiceTellsOnce() {
        problems.raise(problem("a", "two masters"), "");
        problems.raise(problem("a", "two masters"), "");
        assertThat(told).containsExactly("+two masters");
        assertThat(problems.all()).hasSize(1);
    }

    @Test
    void anotherSentenceReplacesTheFirst() {
        problems.raise(problem("a", "two masters"), "");
        problems.raise(problem("a", "three masters"), "");
        assertThat(told).containsExactly("+two masters", "+three masters");
        assertThat(problems.all()).extracting(Problem::message).containsExactly("three masters");
    }

    @Test
    void subjectsOfOneServiceStandBesideEachOther() {
        problems.raise(problem("a", "one"), "h:1");
        problems.raise(problem("a", "two"), "h:2");
        problems.clear("code", "a", "h:1");
        problems.clear("code", "a", "h:1");
        assertThat(told).containsExactly("+one", "+two", "-one");
    }

    @Test
    void serviceThatIsGoneHasNoProblems() {
        problems.raise(problem("a", "one"), "h:1");
        problems.raise(problem("a", "two"), "h:2");
        problems.raise(problem("b", "three"), "");
        problems.clear("a");
        assertThat(problems.all()).extracting(Problem::message).containsExactly("three");
    }

    private static Problem problem(String service, String message) {
        return Problem.error("code", Place.NONE, message, "").of(service);
    }
}
