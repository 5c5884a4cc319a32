package io.sluice.plugins.adminhttp.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.spi.admin.AdminRequest;
import io.sluice.spi.admin.AdminResponse;
import io.sluice.spi.admin.AdminRoute;
import io.sluice.spi.control.ControlRefused;
import io.sluice.spi.control.PluginControl;
import io.sluice.spi.control.PluginStatus;
import io.sluice.testing.control.UnaskedGateway;
import io.sluice.testing.json.JacksonJson;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LiveRoutesTest {

    private static final List<PluginStatus> PLUGINS = List.of(plugin("a", "REJECTED", 0), plugin("a", "DRAINING", 1),
            plugin("a", "ACTIVE", 2), plugin("b", "SUPERSEDED", 0), plugin("b", "FAILED", 4), plugin("b", "DRAINING", 3),
            plugin("c", "CONFLICT", 0));

    @ParameterizedTest
    @ValueSource(strings = {"a ACTIVE", "b FAILED", "c CONFLICT"})
    void ofSeveralFilesOfOnePluginThatWhichServesIsShown(String expected) throws ControlRefused {
        String[] words = expected.split(" ");
        assertThat(plugin(words[0])).contains("\"name\":\"" + words[0] + "\"", "\"state\":\"" + words[1] + "\"");
    }

    @Test
    void pluginThatIsNotThereIsUnknown() {
        assertThatThrownBy(() -> plugin("d")).isInstanceOfSatisfying(ControlRefused.class,
                refused -> assertThat(refused.reason()).isEqualTo(ControlRefused.Reason.UNKNOWN));
    }

    private static String plugin(String name) throws ControlRefused {
        AdminRoute route = new LiveRoutes(new UnaskedGateway() {
            @Override
            public PluginControl plugins() {
                return new PluginControl() {
                    @Override
                    public List<PluginStatus> all() {
                        return PLUGINS;
                    }

                    @Override
                    public void unload(String plugin) {
                        throw new AssertionError("never asked");
                    }
                };
            }
        }, new Answers(new JacksonJson())).all().stream().map(Operation::route)
                .filter(one -> one.method().equals("GET") && one.path().equals("/v1/plugins/{name}")).findFirst().orElseThrow();
        AdminResponse answer = route.handler().handle(new AdminRequest("GET", "/v1/plugins/" + name, Map.of("name", name), Map.of(),
                Map.of(), new byte[0]));
        return new String(((AdminResponse.Content) answer.body()).bytes(), StandardCharsets.UTF_8);
    }

    private static PluginStatus plugin(String name, String state, long generation) {
        return new PluginStatus(name, "1", name + ".jar", state, null, List.of(), generation, 0);
    }
}
