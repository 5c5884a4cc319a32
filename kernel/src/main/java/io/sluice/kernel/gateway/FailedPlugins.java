package io.sluice.kernel.gateway;

import io.sluice.kernel.plugin.Generation;
import io.sluice.kernel.plugin.PluginState;
import io.sluice.kernel.plugin.PluginStatus;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Plugins of which something stopped working after they were loaded. */
final class FailedPlugins {

    private FailedPlugins() {
    }

    /**
     * The same plugins, those as failed whose commands did not come back.
     *
     * @param commands the names of such commands
     */
    static List<PluginStatus> in(List<PluginStatus> plugins, Map<Generation, List<String>> commands) {
        return commands.isEmpty() ? plugins : plugins.stream().map(plugin -> plugin.state() != PluginState.ACTIVE ? plugin
                : of(plugin, commands).map(names -> failed(plugin, names)).orElse(plugin)).toList();
    }

    private static Optional<List<String>> of(PluginStatus plugin, Map<Generation, List<String>> commands) {
        return commands.entrySet().stream().filter(one -> one.getKey().plugin().equals(plugin.name())
                && one.getKey().number() == plugin.generation()).map(Map.Entry::getValue).findFirst();
    }

    private static PluginStatus failed(PluginStatus plugin, List<String> commands) {
        String reason = (commands.size() == 1 ? "command " : "commands ") + String.join(", ", commands)
                + " did not come back at a probe's deadline; called again when the jar changes";
        return new PluginStatus(plugin.name(), plugin.version(), plugin.file(), PluginState.FAILED, reason,
                plugin.provides(), plugin.generation(), plugin.users());
    }
}
