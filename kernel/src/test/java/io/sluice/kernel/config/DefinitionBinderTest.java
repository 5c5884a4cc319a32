package io.sluice.kernel.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.kernel.json.JsonValue.JsonObject;
import io.sluice.kernel.problem.Problem;
import io.sluice.spi.config.ConfigField;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DefinitionBinderTest {

    private static final List<ConfigField> CLAIMED = List.of(ConfigField.value("proxy.transport.server_name", "server_name"),
            ConfigField.value("proxy.transport.ca", "ca"), ConfigField.value("pins", "pins"));

    private final List<Problem> problems = new ArrayList<>();

    @Test
    void objectThatIsClaimedFieldByFieldIsCheckedFieldByField() {
        bind("{ \"name\": \"a\", \"listen_port\": 1, \"protocol\": \"tcp\", \"pins\": { \"anything\": 1 },"
                + " \"proxy\": { \"target_url\": \"a:1\", \"transport\": { \"server_name\": \"a\", \"proxy_url\": \"\","
                + " \"servr_name\": \"b\" } } }");
        assertThat(problems).extracting(Problem::message).containsExactly(
                "unknown field \"proxy.transport.servr_name\" (expected: one of ca, server_name)");
        assertThat(problems).extracting(Problem::hint).containsExactly("did you mean \"server_name\"?");
    }

    @Test
    void settingsOfTheWholeGatewayAreSentToTheirFile() {
        bind("{ \"name\": \"a\", \"listen_port\": 1, \"protocol\": \"tcp\", \"proxy\": { \"target_url\": \"a:1\" },"
                + " \"uptime_tests\": { \"config\": { \"checker_pool_size\": 5 } }, \"ports_whitelist\": {} }");
        assertThat(problems).extracting(Problem::message).containsExactlyInAnyOrder(
                "\"checker_pool_size\" has no effect here (expected: in conf/sluice.json)",
                "\"ports_whitelist\" has no effect here (expected: in conf/sluice.json)");
        assertThat(problems).extracting(Problem::hint)
                .containsOnly("move it there: it is a setting of the whole gateway");
    }

    @Test
    void whatIsNoObjectIsRefused() {
        bind("{ \"name\": \"a\", \"listen_port\": 1, \"protocol\": \"tcp\", \"proxy\": { \"target_url\": \"a:1\","
                + " \"transport\": true } }");
        assertThat(problems).extracting(Problem::message)
                .containsExactly("proxy.transport: true (expected: an object in braces)");
    }

    private void bind(String text) {
        DefinitionBinder.bind((JsonObject) RecordBinderTest.json(text), "a", CLAIMED, problems::add);
    }
}
