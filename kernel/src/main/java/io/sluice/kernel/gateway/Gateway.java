package io.sluice.kernel.gateway;

import io.sluice.kernel.config.OfferedJson;
import io.sluice.kernel.config.Settings;
import io.sluice.kernel.discovery.Discoveries;
import io.sluice.kernel.plan.Plan;
import io.sluice.kernel.plugin.PluginHost;
import io.sluice.kernel.runtime.GatewayRuntime;
import io.sluice.kernel.runtime.ListenerStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running gateway, from its start to its end. One control thread looks for changes of files and plugins; everything
 * that changes what runs happens on that thread, see {@link LivePlan}.
 */
public final class Gateway implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);
    private static final long LOOK_MILLIS = 200;
    /** A plugin, or a file that nobody reads at its other end, may hold up what is planned, but not the end. */
    private static final Duration LONGEST_TURN = Duration.ofSeconds(10);

    private final DataLock lock;
    private final PluginHost plugins;
    private final GatewayRuntime runtime;
    private final ControlThread control;
    private final LivePlan live;

    private Gateway(DataLock lock, PluginHost plugins, GatewayRuntime runtime, ControlThread control, LivePlan live) {
        this.lock = lock;
        this.plugins = plugins;
        this.runtime = runtime;
        this.control = control;
        this.live = live;
    }

    /**
     * Starts a gateway: when this returns, every listener of the first plan is open or has failed.
     *
     * @param readyFile where to say what is open
     * @throws InvalidSettings if the settings file cannot be parsed
     * @throws StartFailure    if it cannot start for another reason, or if something was configured and nothing of it
     *                         could be opened
     */
    public static Gateway start(Folders folders, Optional<Path> readyFile) throws StartFailure, InvalidSettings {
        DataLock lock = DataLock.take(folders.data());
        ConfigFolder config = new ConfigFolder(folders, System.getenv());
        Configuration configuration = config.read();
        if (!configuration.usable()) {
            lock.close();
            throw new InvalidSettings(configuration.problems(), config::source);
        }
        Settings settings = configuration.settings();
        PluginHost plugins = PluginHost.start(folders.plugins(), folders.data().resolve("plugins"));
        GatewayRuntime runtime = GatewayRuntime.start(settings.workers(), settings.transport(),
                new Discoveries(new OfferedJson(), folders.conf()));
        ControlThread control = new ControlThread();
        Gateway gateway = new Gateway(lock, plugins, runtime, control,
                new LivePlan(folders, config, configuration, plugins, runtime, control, readyFile));
        gateway.await(gateway.live::begin);
        control.every("looking for changes", gateway.live::look, LOOK_MILLIS);
        if (gateway.live.isConfiguredButClosed()) {
            gateway.close();
            throw new StartFailure("nothing could be opened (expected: at least one listener)",
                    "the problems above say why");
        }
        return gateway;
    }

    /** Reads settings, definitions and plugins now, not when the next look at them is due. Returns at once. */
    public void reload() {
        LOG.info("reloading");
        control.soon("reloading", () -> {
            if (!live.isDraining()) {
                live.reload();
            }
        });
    }

    /** The plan in effect. */
    public Plan plan() {
        return live.moment().result().plan();
    }

    /** What is open. */
    public List<ListenerStatus> listeners() {
        return runtime.listeners();
    }

    /** How much is wrong now, with the plan and with that which runs. Any thread. */
    public int problems() {
        return plan().problems().size() + runtime.problems().all().size();
    }

    /**
     * Stops accepting, lets live connections end by themselves for at most the settings' {@code timeouts.drain}, then
     * closes what is left. Blocks.
     */
    public void drain() {
        Duration limit = live.drainLimit();
        LOG.info("draining for at most {} s", limit.toSeconds());
        try {
            if (!control.within(LONGEST_TURN, live::drain)) {
                LOG.error("the control thread has been busy for {} s: it is not waited for", LONGEST_TURN.toSeconds());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            LOG.error("the control thread met a fault while draining", e);
        }
        runtime.drain(limit);
    }

    /** Stops at once. */
    @Override
    public void close() {
        control.close();
        live.closeAdmin();
        runtime.close();
        live.closeWatchers();
        plugins.close();
        lock.close();
    }

    private void await(Runnable first) throws StartFailure {
        try {
            control.first(first);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartFailure("interrupted while starting", "");
        } catch (ExecutionException e) {
            close();
            throw new IllegalStateException("the gateway could not start", e.getCause());
        }
    }
}
