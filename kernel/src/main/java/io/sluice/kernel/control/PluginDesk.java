package io.sluice.kernel.control;

import io.sluice.spi.control.ControlRefused;
import io.sluice.spi.control.PluginControl;
import io.sluice.spi.control.PluginStatus;
import java.util.List;

/** The plugins. */
final class PluginDesk implements PluginControl {

    private final Engine engine;

    PluginDesk(Engine engine) {
        this.engine = engine;
    }

    @Override
    public List<PluginStatus> all() {
        return engine.pluginStatuses().stream().map(plugin -> new PluginStatus(plugin.name(), plugin.version(),
                plugin.file(), plugin.state().name(), plugin.reason().isEmpty() ? null : plugin.reason(),
                plugin.provides().stream().map(one -> new PluginStatus.Provided(one.kind(), one.name())).toList(),
                plugin.generation(), plugin.users())).toList();
    }

    @Override
    public void unload(String name) throws ControlRefused {
        engine.inTurn(() -> {
            engine.unload(name);
            return null;
        });
    }
}
