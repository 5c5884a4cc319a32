package io.sluice.kernel.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.kernel.json.BadJson;
import io.sluice.kernel.json.JsonReader;
import io.sluice.kernel.problem.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SocketPathTest {

    private static final Path DATA = Path.of("/base/data");

    private final List<Problem> problems = new ArrayList<>();

    @Test
    void relativePathCountsFromTheData() throws BadJson {
        assertThat(path("admin.sock")).contains(Path.of("/base/data/admin.sock"));
        assertThat(path("../run/./a")).contains(Path.of("/base/run/a"));
        assertThat(path("/run/sluice/admin.sock")).contains(Path.of("/run/sluice/admin.sock"));
        assertThat(problems).isEmpty();
    }

    @Test
    void thereIsNoneUnlessItIsNamed() throws BadJson {
        assertThat(SocketPath.of(SettingsReader.defaults().admin(), DATA)).isEmpty();
        assertThat(path("")).isEmpty();
        assertThat(path("off")).isEmpty();
        assertThat(problems).isEmpty();
    }

    @Test
    void pathMustFitIntoASocketsAddress() throws BadJson {
        String longest = "x".repeat(107 - "/base/data/".length());
        assertThat(path(longest)).isPresent();
        assertThat(read(longest + "y").valid()).isFalse();
        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.message()).isEqualTo("admin.socket: \"" + longest + "y\" (expected: a path of at most 107 bytes;"
                    + " /base/data/" + longest + "y has 108)");
            assertThat(problem.hint()).contains("/run/sluice/admin.sock");
            assertThat(problem.place().column()).isEqualTo(24);
        });
        assertThat(read("/run/" + "\u00e4".repeat(52)).valid()).isFalse();
    }

    @Test
    void pathMustNameAFile() throws BadJson {
        for (String bad : List.of(".", " ", "/", "run/", "a\\u0000b")) {
            problems.clear();
            assertThat(read(bad).valid()).as(bad).isFalse();
            assertThat(problems).as(bad).singleElement().satisfies(problem -> assertThat(problem.message())
                    .endsWith("(expected: the path of a file, relative to data/ or absolute)"));
        }
    }

    private Optional<Path> path(String socket) throws BadJson {
        Bound<Settings> bound = read(socket);
        assertThat(bound.valid()).as(socket).isTrue();
        return SocketPath.of(bound.value().admin(), DATA);
    }

    private Bound<Settings> read(String socket) throws BadJson {
        return SettingsReader.read(JsonReader.read("sluice.json", "{ \"admin\": { \"socket\": \"" + socket + "\" } }", Optional.empty()),
                DATA, problems::add);
    }
}
