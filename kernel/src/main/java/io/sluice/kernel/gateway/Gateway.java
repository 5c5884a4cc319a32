package io.sluice.kernel.gateway;

import io.sluice.kernel.config.ConfigWatch;
import io.sluice.kernel.config.MaterialFolder;
import io.sluice.kernel.config.OfferedJson;
import io.sluice.kernel.config.Settings;
import io.sluice.kernel.discovery.Discoveries;
import io.sluice.kernel.plan.Plan;
import io.sluice.kernel.plan.PlanInput;
import io.sluice.kernel.plan.PlanResult;
import io.sluice.kernel.plan.Planner;
import io.sluice.kernel.plugin.ExtensionCatalog;
import io.sluice.kernel.plugin.PluginHost;
import io.sluice.kernel.problem.LiveProblems;
import io.sluice.kernel.problem.Place;
import io.sluice.kernel.problem.Problem;
import io.sluice.kernel.runtime.GatewayRuntime;
import io.sluice.kernel.runtime.ListenerStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running gateway. One control thread looks for changes of files and plugins, turns each into a plan and applies it;
 * everything that changes what runs happens on that thread.
 */
public final class Gateway implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);
    private static final long TICK_MILLIS = 200;

    private final DataLock lock;
    private final ConfigFolder config;
    private final PluginHost plugins;
    private final GatewayRuntime runtime;
    private final Optional<ReadyFile> readyFile;
    private final StartSettings started;
    private final MaterialFolder materials;
    private final ConfigWatch materialWatch;
    private final ObserverSet observers = new ObserverSet();
    private final LiveProblems liveProblems;
    private final ScheduledExecutorService control =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "sluice-control"));
    private Configuration configuration;
    private PlanResult current;
    private Map<Path, String> marks = Map.of();
    private long nextPluginScan;
    private boolean changed;
    private boolean draining;

    private Gateway(DataLock lock, ConfigFolder config, Configuration configuration, MaterialFolder materials,
            PluginHost plugins, GatewayRuntime runtime, Optional<Path> readyFile) {
        this.lock = lock;
        this.config = config;
        this.configuration = configuration;
        this.materials = materials;
        this.materialWatch = new ConfigWatch(() -> marks.keySet());
        this.plugins = plugins;
        this.runtime = runtime;
        this.liveProblems = runtime.problems();
        this.readyFile = readyFile.map(ReadyFile::new);
        this.readyFile.ifPresent(ReadyFile::clear);
        this.started = StartSettings.of(configuration.settings());
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
        Gateway gateway = new Gateway(lock, config, configuration, new MaterialFolder(folders.conf()), plugins, runtime,
                readyFile);
        gateway.await(gateway::begin);
        if (gateway.isConfiguredButClosed()) {
            gateway.close();
            throw new StartFailure("nothing could be opened (expected: at least one listener)",
                    "the problems above say why");
        }
        return gateway;
    }

    private void begin() {
        plugins.scan();
        replan();
        runtime.onListenerChange(() -> onControl(this::writeReadyFile));
        liveProblems.onChange(change -> onControl(() -> changed(change)));
        control.scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void onControl(Runnable task) {
        try {
            control.execute(task);
        } catch (RejectedExecutionException e) {
            LOG.debug("the gateway is closing", e);
        }
    }

    /** Reads settings, definitions and plugins now, not when the next look at them is due. Returns at once. */
    public void reload() {
        LOG.info("reloading");
        onControl(() -> {
            if (!draining) {
                nextPluginScan = System.nanoTime();
                changed = true;
                reread();
                tick();
            }
        });
    }

    private void tick() {
        if (draining) {
            return;
        }
        try {
            // stays true until a plan was made of it: a fault must not swallow a change
            if (config.changed()) {
                changed = true;
                reread();
            }
            if (configuration.settings().plugins().watch() && nextPluginScan <= System.nanoTime()) {
                nextPluginScan = System.nanoTime() + configuration.settings().plugins().poll().toNanos();
                changed |= plugins.scan();
            }
            changed |= materialWatch.changed() || current.holdsUntil().filter(Instant.now()::isAfter).isPresent();
            if (changed) {
                replan();
                changed = false;
            }
        } catch (Throwable e) {
            LOG.error("the control thread met a fault and goes on", e);
        }
    }

    private void reread() {
        Configuration read = config.read();
        configuration = read.usable() ? read : read.with(configuration.settings());
    }

    private void replan() {
        ExtensionCatalog catalog = plugins.catalog();
        List<Problem> problems = new ArrayList<>(configuration.problems());
        problems.addAll(started.waiting(configuration.settings()));
        problems.addAll(started.otherTransport(runtime.transport(), configuration.settings()));
        problems.addAll(catalog.problems());
        problems.addAll(observers.update(catalog, configuration.settings()));
        materials.planning();
        PlanResult result = Planner.plan(new PlanInput(configuration.settings(), configuration.definitions(),
                configuration.unreadable(), problems, catalog, started.reserved(), materials, Instant.now()), current);
        marks = materials.marks();
        materialWatch.read(marks);
        runtime.observers(observers.observers());
        observers.closeRetired();
        if (current == null || result.differs()) {
            runtime.apply(result.plan());
            report(result.plan());
        }
        current = result;
        plugins.settled(catalog);
        writeReadyFile();
    }

    private void report(Plan plan) {
        List<Problem> before = current == null ? List.of() : current.plan().problems();
        plan.problems().stream().filter(problem -> before.stream().noneMatch(problem::saysTheSameAs))
                .forEach(Gateway::log);
        LOG.info("plan {}: {} services, {} listeners, {} problems", plan.revision(), plan.services().size(),
                plan.listeners().size(), plan.problems().size());
    }

    private static void log(Problem problem) {
        Place at = problem.place();
        String place = at.file().isEmpty() ? "" : at.line() == 0 ? at.file() + ": "
                : at.file() + ":" + at.line() + ":" + at.column() + ": ";
        String hint = problem.hint().isEmpty() ? "" : " (" + problem.hint() + ")";
        if (problem.isError()) {
            LOG.error("{}{}{}", place, problem.message(), hint);
        } else {
            LOG.warn("{}{}{}", place, problem.message(), hint);
        }
    }

    private void changed(LiveProblems.Change change) {
        if (change.raised()) {
            log(change.problem());
        } else {
            LOG.info("no longer: {}", change.problem().message());
        }
        writeReadyFile();
    }

    /** What is wrong with the plan, then what is wrong with that which runs. */
    private List<Problem> problems() {
        List<Problem> all = new ArrayList<>(current.plan().problems());
        all.addAll(liveProblems.all());
        return all;
    }

    private void writeReadyFile() {
        if (readyFile.isEmpty()) {
            return;
        }
        try {
            readyFile.get().write(current.plan(), Optional.empty(),
                    draining ? List.of() : runtime.listeners(), problems());
        } catch (IOException e) {
            LOG.error("the ready file cannot be written: {}", e.toString());
        }
    }

    private boolean isConfiguredButClosed() {
        boolean configured = !current.plan().services().isEmpty()
                || current.plan().idle().containsValue(Plan.Idle.REFUSED)
                || !configuration.unreadable().isEmpty();
        return configured && runtime.listeners().stream().noneMatch(ListenerStatus::open);
    }

    /** The plan in effect. */
    public Plan plan() {
        return current.plan();
    }

    /** What is open. */
    public List<ListenerStatus> listeners() {
        return runtime.listeners();
    }

    /**
     * Stops accepting, lets live connections end by themselves for at most the settings' {@code timeouts.drain}, then
     * closes what is left. Blocks.
     */
    public void drain() {
        Duration limit = configuration.settings().timeouts().drain();
        LOG.info("draining for at most {} s", limit.toSeconds());
        try {
            // from here on nothing is planned any more: a listener that opened now would never be closed
            control.submit(() -> {
                draining = true;
                writeReadyFile();
            }).get();
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
        control.shutdown();
        try {
            control.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        runtime.close();
        observers.close();
        plugins.close();
        lock.close();
    }

    private void await(Runnable first) throws StartFailure {
        try {
            control.submit(first).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartFailure("interrupted while starting", "");
        } catch (ExecutionException e) {
            close();
            throw new IllegalStateException("the gateway could not start", e.getCause());
        }
    }
}
