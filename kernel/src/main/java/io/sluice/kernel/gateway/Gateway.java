package io.sluice.kernel.gateway;

import io.sluice.kernel.config.FileMark;
import io.sluice.kernel.config.OfferedJson;
import io.sluice.kernel.config.Settings;
import io.sluice.kernel.config.SocketPath;
import io.sluice.kernel.control.Engine;
import io.sluice.kernel.control.HealthEvents;
import io.sluice.kernel.control.Operations;
import io.sluice.kernel.control.RefusalLog;
import io.sluice.kernel.control.Room;
import io.sluice.kernel.discovery.Discoveries;
import io.sluice.kernel.observe.Counters;
import io.sluice.kernel.observe.EventRing;
import io.sluice.kernel.plan.Plan;
import io.sluice.kernel.plan.PlanInput;
import io.sluice.kernel.plan.PlanResult;
import io.sluice.kernel.plan.RawService;
import io.sluice.kernel.plugin.ExtensionCatalog;
import io.sluice.kernel.plugin.Generation;
import io.sluice.kernel.plugin.PluginHost;
import io.sluice.kernel.plugin.PluginStatus;
import io.sluice.kernel.problem.Problem;
import io.sluice.kernel.runtime.GatewayRuntime;
import io.sluice.kernel.runtime.ListenerStatus;
import io.sluice.kernel.store.CertificateFolder;
import io.sluice.kernel.store.DefinitionFiles;
import io.sluice.kernel.store.History;
import io.sluice.spi.connection.CloseReason;
import io.sluice.spi.connection.Refusal;
import io.sluice.spi.control.ControlRefused.Reason;
import io.sluice.spi.control.ControlRefused;
import io.sluice.spi.control.GatewayStatus.Phase;
import io.sluice.spi.observer.ConnectionObserver;
import io.sluice.spi.observer.ConnectionObserverFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running gateway. One control thread looks for changes of files and plugins, turns each into a plan and applies it;
 * everything that changes what runs happens on that thread.
 */
public final class Gateway implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);
    private static final long TICK_MILLIS = 200;
    private static final long EXPIRY_LOOK_NANOS = 60_000_000_000L;

    private final DataLock lock;
    private final ConfigFolder config;
    private final PluginHost plugins;
    private final GatewayRuntime runtime;
    private final StartSettings started;
    private final PlanMaker plans;
    private final ActiveExtensions<ConnectionObserverFactory<Record>, ConnectionObserver> observers;
    private final Counters counters = new Counters();
    private final EventRing events = new EventRing();
    private final RefusalLog refusals = new RefusalLog();
    private final PlanReport report = new PlanReport(events);
    private final HistoryRecorder recorder;
    private final Operations operations;
    private final AdminSide admin;
    private final Bulletin bulletin;
    private final ControlThread control = new ControlThread();
    private volatile Engine.Moment moment;
    private volatile List<PluginStatus> shownPlugins = List.of();
    private List<ConnectionObserver> watching = List.of();
    private long nextPluginScan;
    private long nextExpiryLook = System.nanoTime();
    private boolean changed;
    private boolean draining;

    private Gateway(DataLock lock, Folders folders, ConfigFolder config, Configuration configuration,
            PluginHost plugins, GatewayRuntime runtime, Optional<Path> readyFile) {
        this.lock = lock;
        this.config = config;
        this.plugins = plugins;
        this.runtime = runtime;
        this.observers = new ActiveExtensions<>(ActiveKinds.observers(folders.base()));
        this.started = StartSettings.of(configuration.settings());
        this.plans = new PlanMaker(folders, config, configuration, started);
        this.moment = new Engine.Moment(PlanResult.none(configuration.settings()), List.of(), List.of(), Map.of(), plugins.catalog(),
                Phase.STARTING);
        History history = new History(folders.history());
        this.recorder = new HistoryRecorder(history, folders.shown(folders.history()), runtime.problems());
        Room room = new Room(version(), new DefinitionFiles(config::services, config::isEmpty, folders.base(),
                folders::shown, System.getenv()), new CertificateFolder(() -> folders.conf().resolve(moment.result().plan().settings()
                .certificatesPath())), history, folders.conf(), System.getenv());
        this.operations = new Operations(new ControlRoom(this, runtime), runtime, new Operations.Watch(events, counters, refusals), room);
        this.admin = new AdminSide(new Door(new AdminSecret(folders), started.adminAddress(),
                started.reserved().keySet().stream().findFirst().flatMap(address -> runtime.lend(address, "the admin API")),
                SocketPath.of(configuration.settings().admin(), folders.data()), runtime.problems()), operations);
        this.bulletin = new Bulletin(runtime, report, admin::open, readyFile);
    }

    private static String version() {
        String version = Gateway.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
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
        Gateway gateway = new Gateway(lock, folders, config, configuration, plugins, runtime, readyFile);
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
        runtime.problems().onChange(change -> control.soon("telling of a problem", () -> bulletin.problemChanged(change)));
        runtime.onHealth(new HealthEvents(events));
        runtime.onListenerChange(() -> control.soon("telling of listeners", bulletin::listenersChanged));
        admin.onChange(() -> control.soon("telling of the admin API", bulletin::adminChanged));
        replan("files", "started");
        control.every("looking for changes", this::tick, TICK_MILLIS);
    }

    /** Reads settings, definitions and plugins now, not when the next look at them is due. Returns at once. */
    public void reload() {
        LOG.info("reloading");
        control.soon("reloading", () -> {
            if (!draining) {
                nextPluginScan = System.nanoTime();
                changed = true;
                config.distrust();
                plans.reread();
                tick();
            }
        });
    }

    private void tick() {
        if (draining) {
            return;
        }
        if (config.changed()) {
            changed = true;
            plans.reread();
        }
        if (plans.configuration().settings().plugins().watch() && nextPluginScan <= System.nanoTime()) {
            nextPluginScan = System.nanoTime() + plans.configuration().settings().plugins().poll().toNanos();
            changed |= plugins.scan();
        }
        changed |= plans.isDue();
        if (changed) {
            replan("files", "edited files");
        }
        if (nextExpiryLook <= System.nanoTime()) {
            nextExpiryLook = System.nanoTime() + EXPIRY_LOOK_NANOS;
            report.expiring(operations.certificates().all());
        }
        showPlugins();
        bulletin.tryAgain();
    }

    private void replan(String author, String action) {
        replan(author, action, Set.of());
    }

    /**
     * @param written files that the gateway itself has written
     */
    private void replan(String author, String action, Set<String> written) {
        // until a plan was made of it: a fault must not swallow a change
        changed = true;
        ExtensionCatalog catalog = plugins.catalog();
        Configuration configuration = plans.configuration();
        List<Problem> problems = new ArrayList<>(configuration.problems());
        problems.addAll(started.waiting(configuration.settings()));
        problems.addAll(started.otherTransport(runtime.transport(), configuration.settings()));
        problems.addAll(catalog.problems());
        problems.addAll(observers.update(catalog, configuration.settings()));
        problems.addAll(admin.update(catalog, configuration.settings()));
        Map<Path, FileMark> marks = plans.marks();
        PlanResult result = plans.next(catalog, problems);
        if (!plans.marks().equals(marks)) {
            nextExpiryLook = System.nanoTime();
        }
        List<ConnectionObserver> active = new ArrayList<>(observers.active());
        active.addAll(0, List.of(counters, refusals));
        if (!active.equals(watching)) {
            watching = active;
            runtime.observers(watching);
        }
        observers.stopRetired();
        boolean differs = plans.current() == null || result.differs();
        if (differs) {
            runtime.apply(result.plan());
            report.applied(moment.result().plan().problems(), result.plan());
        }
        plans.made(result);
        moment = new Engine.Moment(result, configuration.definitions(), configuration.lost(), configuration.broken(),
                catalog, Phase.READY);
        if (differs) {
            recorder.applied(result.plan().revision(), configuration.standing(result), written, author, action);
            counters.retain(result.plan().services().keySet(), () -> result.plan().listeners().stream()
                    .map(listener -> listener.address().toString()).collect(Collectors.toSet()));
        }
        plugins.settled(catalog);
        report.materials(plans.materials(), result.plan()::users);
        showPlugins();
        bulletin.applied(result);
        changed = false;
    }

    private void showPlugins() {
        shownPlugins = FailedPlugins.in(plugins.plugins(), runtime.monitor().failedCommands());
        report.plugins(shownPlugins);
    }

    private boolean isConfiguredButClosed() {
        boolean configured = !plan().services().isEmpty()
                || plan().idle().containsValue(Plan.Idle.REFUSED)
                || !plans.configuration().unreadable().isEmpty();
        return configured && bulletin.isClosed();
    }

    /** The plan in effect. */
    public Plan plan() {
        return plans.current().plan();
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
        Duration limit = plans.configuration().settings().timeouts().drain();
        LOG.info("draining for at most {} s", limit.toSeconds());
        try {
            // from here on nothing is planned any more: a listener that opened now would never be closed
            control.first(() -> {
                draining = true;
                Engine.Moment last = moment;
                moment = new Engine.Moment(last.result(), last.definitions(), last.lost(), last.broken(),
                        last.catalog(), Phase.DRAINING);
            });
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
        admin.close();
        bulletin.adminChanged();
        runtime.close();
        observers.close();
        refusals.close();
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

    /** What is in effect. Any thread. */
    Engine.Moment moment() {
        return moment;
    }

    /** What shows of the plugins. Any thread. */
    List<PluginStatus> shownPlugins() {
        return shownPlugins;
    }

    /** Does something on the control thread and waits for it; refused once the gateway is ending. */
    <T> T inTurn(Engine.Turn<T> turn) throws ControlRefused {
        return control.inTurn(() -> {
            if (draining) {
                throw new ControlRefused(Reason.UNAVAILABLE, "the gateway is ending: nothing is changed any more");
            }
            return turn.take();
        });
    }

    /** Reads files that have changed since, and applies what differs. Control thread. */
    void catchUp() {
        if (config.differs()) {
            plans.reread();
            replan("files", "edited files");
        }
    }

    /** The same, unless this file of definitions is what it was. Control thread. */
    void catchUp(String file) {
        if (config.differs(file)) {
            catchUp();
        }
    }

    /** Reads definitions again and applies what differs. Control thread. */
    void reread(String author, String action) {
        plans.reread();
        replan(author, action);
    }

    /** The same for files that were just written, and of which a plan was made before. Control thread. */
    void stored(Set<String> files, PlanResult tried, String author, String action) {
        plans.stored(files, tried);
        replan(author, action, files);
    }

    /** Reads everything again, whatever it looks like from outside. Control thread. */
    void reloadNow() {
        config.distrust();
        plans.reread();
        plugins.scan();
        replan("reload", "edited files");
    }

    /** What a plan would be made of with other definitions, and these files replaced. Control thread. */
    PlanInput candidate(List<RawService> definitions, Set<String> replaced) {
        return plans.candidate(plugins.catalog(), definitions, replaced);
    }

    /** The plan that the next one is compared with. Control thread. */
    PlanResult current() {
        return plans.current();
    }

    /** Unloads a plugin when the turn that asks for it has ended, and so can be answered. Control thread. */
    void unloadSoon(String plugin) {
        control.soon("unloading plugin " + plugin, () -> unload(plugin));
    }

    /** Unloads a plugin and what needs it; answers whether there was one. Control thread. */
    boolean unload(String plugin) {
        Set<Generation> gone = plugins.unload(plugin);
        if (!gone.isEmpty()) {
            LOG.info("plugin {} is unloaded by force", plugin);
            plans.forget(gone);
            replan("api", "unloaded plugin " + plugin);
            runtime.closeThrough(gone, new Refusal(CloseReason.CLOSED_BY_OPERATOR, "plugin " + plugin + " was unloaded"));
        }
        return !gone.isEmpty();
    }
}
