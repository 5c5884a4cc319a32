package io.sluice.kernel.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.kernel.json.JsonReader;
import io.sluice.kernel.json.JsonValue;
import io.sluice.kernel.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every kind of secret in a definition: not shown, and not lost when it comes back. */
class KindsOfSecretsTest {

    private final List<Problem> problems = new ArrayList<>();

    private static JsonValue json(String text) throws Exception {
        return JsonReader.read("definition", text, Optional.empty());
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{ \"password\": \"hidden\" }",
        "{ \"check\": [{ \"name\": \"redis_role\", \"password\": \"hidden\" }] }",
        "{ \"headers\": { \"X-Consul-Token\": \"hidden\" } }",
        "{ \"query_endpoint\": \"http://joe:hidden@consul:8500/v1\" }",
        "{ \"query_endpoint\": \"https://:hidden@consul/v1\" }",
        "{ \"commands\": [{ \"name\": \"send\", \"message\": \"AUTH hidden\\r\\n\", \"secret\": true }] }",
        "{ \"commands\": [{ \"name\": \"send\", \"secret\": true, \"hex\": \"hidden\" }] }"})
    void secretIsNotShownAndComesBack(String text) throws Exception {
        JsonValue stored = json(text);
        JsonValue shown = Masks.mask(stored);
        assertThat(shown.toString()).doesNotContain("hidden").contains(Masks.MASK);
        assertThat(Masks.unmask(shown, stored, problems::add)).isEqualTo(stored);
        assertThat(problems).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{ \"password\": \"${REDIS_PASSWORD}\", \"headers\": { \"X-Consul-Token\": \"${TOKEN}\" } }",
        "{ \"query_endpoint\": \"http://consul:8500/v1?a=b@c\", \"url\": \"tls://[::1]:6379\" }",
        "{ \"commands\": [{ \"name\": \"send\", \"message\": \"PING\", \"secret\": false }] }"})
    void whatIsNoSecretIsShown(String text) throws Exception {
        assertThat(Masks.mask(json(text))).isEqualTo(json(text));
    }

    @Test
    void maskThatStandsForNothingIsAProblem() throws Exception {
        Masks.unmask(json("{ \"message\": \"***\", \"secret\": false }"),
                json("{ \"message\": \"AUTH hidden\", \"secret\": true }"), problems::add);
        assertThat(problems).extracting(Problem::code).containsExactly("mask");
    }
}
