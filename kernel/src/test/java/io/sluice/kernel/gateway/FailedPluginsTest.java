package io.sluice.kernel.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.sluice.kernel.plan.Fakes;
import io.sluice.kernel.plugin.PluginState;
import io.sluice.kernel.plugin.PluginStatus;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FailedPluginsTest {

    @Test
    void onlyTheGenerationWhoseCommandDidNotComeBackHasFailed() {
        List<PluginStatus> plugins = List.of(plugin("odd", PluginState.ACTIVE, 2), plugin("odd", PluginState.DRAINING, 1),
                plugin("other", PluginState.ACTIVE, 2));
        assertThat(FailedPlugins.in(plugins, Map.of())).isSameAs(plugins);
        assertThat(FailedPlugins.in(plugins, Map.of(new Fakes.FakeGeneration("odd", 2), List.of("ask", "wait"),
                new Fakes.FakeGeneration("odd", 1), List.of("ask"))))
                .extracting(PluginStatus::state, PluginStatus::generation, PluginStatus::reason).containsExactly(
                        tuple(PluginState.FAILED, 2L, "commands ask, wait did not come back at a probe's deadline;"
                                + " called again when the jar changes"),
                        tuple(PluginState.DRAINING, 1L, ""), tuple(PluginState.ACTIVE, 2L, ""));
    }

    private static PluginStatus plugin(String name, PluginState state, long generation) {
        return new PluginStatus(name, "1", name + ".jar", state, "", List.of(), generation, 1);
    }
}
