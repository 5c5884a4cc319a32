package io.sluice.plugins.adminhttp.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.spi.admin.AdminRequest;
import io.sluice.spi.admin.AdminResponse;
import io.sluice.spi.control.ControlRefused;
import io.sluice.spi.control.ControlRefused.Reason;
import io.sluice.spi.control.ServiceControl.Mode;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is asked for in a query is understood, or nothing is done. */
class OperationTest {

    private final Operation change = Operation.of("PUT", "/x", "Changes it.").query("dry_run", "true only previews it")
            .takes(new Shape.Definition()).by(request -> AdminResponse.text(200, "text/plain", Answers.mode(request).name()));
    private final Operation read = Operation.of("GET", "/x", "Shows it.")
            .by(request -> AdminResponse.text(200, "text/plain", "shown"));

    @ParameterizedTest
    @ValueSource(strings = {"DRY_RUN=true", "dry-run=true", "dryrun=true", "Dry_Run=true", "dry_run =true", "dry_run=true&force=1", "=",
            "limit=1"})
    void unknownParameterIsNoChange(String query) {
        assertThatThrownBy(() -> ask(change, query)).isInstanceOfSatisfying(ControlRefused.class,
                refused -> assertThat(refused.reason()).isEqualTo(Reason.INVALID)).hasMessageContaining("(expected: dry_run)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dry_run=yes", "dry_run=1", "dry_run=TRUE", "dry_run=True", "dry_run=", "dry_run", "dry_run=no",
            "dry_run=true ", "dry_run=0"})
    void wordThatIsNeitherTrueNorFalseIsNoChange(String query) {
        assertThatThrownBy(() -> ask(change, query)).isInstanceOfSatisfying(ControlRefused.class,
                refused -> assertThat(refused.reason()).isEqualTo(Reason.INVALID)).hasMessageContaining("(expected: true or false");
    }

    @Test
    void parameterThatIsGivenTwiceIsNoChange() {
        Operation close = Operation.of("DELETE", "/x", "Closes some.").query("service", "whose").query("target", "to whom")
                .by(request -> AdminResponse.text(200, "text/plain", "closed"));

        assertThatThrownBy(() -> ask(close, "target=t&service=a&service=b"))
                .hasMessage("service: given 2 times: a, b (expected: once)");
        for (String query : List.of("dry_run=true&dry_run=false", "dry_run=true&dry_run=true")) {
            assertThatThrownBy(() -> ask(change, query)).hasMessageStartingWith("dry_run: given 2 times: ");
        }
    }

    @Test
    void whatIsKnownIsDone() throws Exception {
        assertThat(ask(change, "")).isEqualTo(Mode.APPLY.name());
        assertThat(ask(change, "dry_run=false")).isEqualTo(Mode.APPLY.name());
        assertThat(ask(change, "dry_run=true")).isEqualTo(Mode.DRY_RUN.name());
    }

    @Test
    void bodyWhereNoneIsExpectedIsRefusedUnlessItAsksForNothing() throws Exception {
        Operation bare = Operation.of("POST", "/x/ready", "Makes it ready.").by(request -> AdminResponse.text(200, "text/plain", "done"));
        for (String nothing : List.of("", "{}", " { }\n")) {
            assertThat(told(bare, Map.of(), nothing)).isEqualTo("done");
        }
        for (String something : List.of("{\"deadline\":\"5s\"}", "[]", "x", "{}{}", " ".repeat(1_000_000) + "x")) {
            assertThatThrownBy(() -> told(bare, Map.of(), something)).hasMessage("the request has a body (expected: none)");
        }
    }

    @Test
    void readingTakesWhateverIsAppended() throws Exception {
        assertThat(ask(read, "_=1764205200")).isEqualTo("shown");
    }

    private static String ask(Operation operation, String query) throws Exception {
        Map<String, List<String>> parameters = new HashMap<>();
        for (String one : query.isEmpty() ? new String[0] : query.split("&")) {
            String[] parts = one.split("=", 2);
            parameters.merge(parts[0], List.of(parts.length == 1 ? "" : parts[1]),
                    (a, b) -> java.util.stream.Stream.concat(a.stream(), b.stream()).toList());
        }
        return told(operation, parameters, "");
    }

    private static String told(Operation operation, Map<String, List<String>> parameters, String body) throws Exception {
        AdminResponse response = operation.route().handler().handle(new AdminRequest(operation.method(), "/x", Map.of(), parameters,
                Map.of(), body.getBytes(StandardCharsets.UTF_8)));
        return new String(((AdminResponse.Content) response.body()).bytes());
    }
}
