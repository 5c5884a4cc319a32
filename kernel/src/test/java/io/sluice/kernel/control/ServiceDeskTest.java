package io.sluice.kernel.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.spi.control.Preview;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServiceDeskTest {

    /** It has no engine: what is asked here must be answered before there is a turn. */
    private final ServiceDesk desk = new ServiceDesk(null, null, new Room("", null, null, null, Path.of("conf"), Map.of()));

    @Test
    void idThatCouldNotBePutIsAProblemOfThePreview() throws Exception {
        for (String id : new String[] {"a\\u0000", "../x", "..", "a b", "x".repeat(65)}) {
            for (String field : new String[] {"api_id", "id"}) {
                Preview preview = desk.check("{ \"name\": \"x\",\n \"" + field + "\": \"" + id + "\" }");
                assertThat(preview.valid()).as(id).isFalse();
                assertThat(preview.problems()).as(id).singleElement().satisfies(problem -> {
                    assertThat(problem.code()).isEqualTo("bad_id");
                    assertThat(problem.line()).isEqualTo(2);
                    assertThat(problem.message()).startsWith("api_id: \"").contains("(expected: 1 to 64 letters");
                });
            }
        }
    }
}
