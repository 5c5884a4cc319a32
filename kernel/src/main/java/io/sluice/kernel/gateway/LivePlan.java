package io.sluice.kernel.gateway;

import io.sluice.kernel.config.FileMark;
import io.sluice.kernel.config.SocketPath;
import io.sluice.kernel.control.Engine;
import io.sluice.kernel.control.HealthEvents;
import io.sluice.kernel.control.Operations;
import io.sluice.kernel.control.Room;
import io.sluice.kernel.observe.EventRing;
import io.sluice.kernel.plan.Plan;
import io.sluice.kernel.plan.PlanInput;
import io.sluice.kernel.plan.PlanResult;
import io.sluice.kernel.plan.Planner;
import io.sluice.kernel.plan.RawService;
import io.sluice.kernel.plugin.ExtensionCatalog;
import io.sluice.kernel.plugin.Generation;
import io.sluice.kernel.plugin.PluginHost;
import io.sluice.kernel.plugin.PluginStatus;
import io.sluice.kernel.problem.Problem;
import io.sluice.kernel.runtime.GatewayRuntime;
import io.sluice.kernel.store.CertificateFolder;
import io.sluice.kernel.store.DefinitionFiles;
import io.sluice.kernel.store.History;
import io.sluice.spi.connection.CloseReason;
import io.sluice.spi.connection.Refusal;
import io.sluice.spi.control.GatewayStatus.Phase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The plan in effect: follows files, plugins and settings, turns each change into a plan and applies it. Used by the
 * control thread only, but for what says otherwise.
 */
final class LivePlan {

    private static final Logger LOG = LoggerFactory.getLogger(LivePlan.class);
    private static final long EXPIRY_LOOK_NANOS = 60_000_000_000L;

    private final Folders folders;
    private final ConfigFolder config;
    private final PluginHost plugins;
    private final GatewayRuntime runtime;
    private final ControlThread control;
    private final StartSettings started;
    private final PlanMaker plans;
    private final Watchers watchers;
    private final EventRing events = new EventRing();
    private final PlanReport report = new PlanReport(events);
    private final HistoryRecorder recorder;
    private final Operations operations;
    private final AdminSide admin;
    private final Bulletin bulletin;
    private volatile Engine.Moment moment;
    private volatile List<PluginStatus> shownPlugins = List.of();
    private long nextPluginScan;
    private long nextExpiryLook = System.nanoTime();
    private boolean unread;
    private boolean changed;
    private boolean draining;

    /**
     * @param configuration what was read of the folder so far
     * @param readyFile     where to say what is open
     */
    LivePlan(Folders folders, ConfigFolder config, Configuration configuration, PluginHost plugins, GatewayRuntime runtime,
            ControlThread control, Optional<Path> readyFile) {
        this.folders = folders;
        this.config = config;
        this.plugins = plugins;
        this.runtime = runtime;
        this.control = control;
        this.watchers = new Watchers(runtime, folders.base());
        this.started = StartSettings.of(configuration.settings());
        this.plans = new PlanMaker(folders, config, configuration, started);
        this.moment = new Engine.Moment(PlanResult.none(configuration.settings()), List.of(), List.of(), Map.of(),
                plugins.catalog(), Phase.STARTING);
        History history = new History(folders.history());
        this.recorder = new HistoryRecorder(history, folders.shown(folders.history()), runtime.problems());
        Room room = new Room(version(), new DefinitionFiles(config::services, config::isEmpty, folders.base(),
                folders::shown, System.getenv()), new CertificateFolder(() -> folders.conf().resolve(moment.result().plan().settings()
                .certificatesPath())), history, folders.conf(), System.getenv());
        this.operations = new Operations(new ControlRoom(this, control, runtime), runtime,
                new Operations.Watch(events, watchers.counters(), watchers.refusals()), room);
        this.admin = new AdminSide(new Door(new AdminSecret(folders), started.adminAddress(),
                started.reserved().keySet().stream().findFirst().flatMap(address -> runtime.lend(address, "the admin API")),
                SocketPath.of(configuration.settings().admin(), folders.data()), runtime.problems()), operations);
        this.bulletin = new Bulletin(runtime, report, admin::open, readyFile);
    }

    private static String version() {
        String version = LivePlan.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    /** Makes the first plan: when this returns, each of its listeners is open or has failed. */
    void begin() {
        runtime.problems().onChange(change -> control.soon("telling of a problem", () -> bulletin.problemChanged(change)));
        bulletin.begin();
        plugins.scan();
        runtime.onHealth(new HealthEvents(events));
        runtime.onListenerChange(() -> control.soon("telling of listeners", bulletin::listenersChanged));
        admin.onChange(() -> control.soon("telling of the admin API", bulletin::adminChanged));
        replan("files", "started");
    }

    /** Looks whether something has changed, and follows it. */
    void look() {
        if (draining) {
            return;
        }
        unread |= config.changed();
        if (unread) {
            read();
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

    /** Until it was read, and a plan made of it: a fault must not swallow a change. */
    private void read() {
        unread = true;
        changed = true;
        plans.reread();
        unread = false;
    }

    private void replan(String author, String action) {
        replan(author, action, Set.of());
    }

    /**
     * @param written files that the gateway itself has written
     */
    private void replan(String author, String action, Set<String> written) {
        changed = true;
        ExtensionCatalog catalog = plugins.catalog();
        Configuration configuration = plans.configuration();
        List<Problem> problems = new ArrayList<>(configuration.problems());
        problems.addAll(started.waiting(configuration.settings()));
        problems.addAll(started.otherTransport(runtime.transport(), configuration.settings()));
        problems.addAll(catalog.problems());
        problems.addAll(watchers.update(catalog, configuration.settings()));
        problems.addAll(admin.update(catalog, configuration.settings()));
        Map<Path, FileMark> marks = plans.marks();
        PlanResult result = plans.next(catalog, problems);
        if (!plans.marks().equals(marks)) {
            nextExpiryLook = System.nanoTime();
        }
        if (plans.current() == null || result.differs()) {
            runtime.apply(result.plan());
            report.applied(moment.result().plan().problems(), result.plan());
            watchers.retain(result.plan());
        }
        plans.made(result);
        moment = new Engine.Moment(result, configuration.definitions(), configuration.lost(), configuration.broken(),
                catalog, Phase.READY);
        // a definition may be another one although the plan is the same: a parked one
        recorder.applied(result.plan().revision(), configuration.standing(result), written, author, action);
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

    /** Reads files that have changed since, and applies what differs. */
    void catchUp() {
        if (config.differs()) {
            reread("files", "edited files");
        }
    }

    /** The same, unless this file of definitions, and the settings, are what they were. */
    void catchUp(String file) {
        if (config.differs(file)) {
            catchUp();
        }
    }

    /** Reads definitions again and applies what differs. */
    void reread(String author, String action) {
        read();
        replan(author, action);
    }

    /** The same for files that were just written, and of which a plan was made before. */
    void stored(Set<String> files, PlanResult tried, String author, String action) {
        plans.stored(files, tried);
        replan(author, action, files);
    }

    /** Reads everything again, whatever it looks like from outside. */
    void reload() {
        config.distrust();
        plugins.scan();
        reread("reload", "edited files");
    }

    /** What {@link #reload} would put into effect, but for plugins that it would find. Nothing is started or stopped. */
    Engine.Moment foresee() {
        ExtensionCatalog catalog = plugins.catalog();
        Configuration configuration = plans.foreseen();
        List<Problem> problems = new ArrayList<>(configuration.problems());
        problems.addAll(started.waiting(configuration.settings()));
        problems.addAll(started.otherTransport(runtime.transport(), configuration.settings()));
        problems.addAll(catalog.problems());
        problems.addAll(Checker.ofSettings(configuration.settings(), catalog, folders));
        PlanResult result = Planner.plan(plans.candidate(catalog, configuration, problems), plans.current());
        return new Engine.Moment(result, configuration.definitions(), configuration.lost(), configuration.broken(), catalog,
                moment.phase());
    }

    /** What a plan would be made of with other definitions, and these files replaced. */
    PlanInput candidate(List<RawService> definitions, Set<String> replaced) {
        return plans.candidate(plugins.catalog(), definitions, replaced);
    }

    /** The plan that the next one is compared with; {@code null} before the first. */
    PlanResult current() {
        return plans.current();
    }

    /** Unloads a plugin when the turn that asks for it has ended, and so can be answered. */
    void unloadSoon(String plugin) {
        control.soon("unloading plugin " + plugin, () -> unload(plugin));
    }

    /** Unloads a plugin and what needs it; answers whether there was one. */
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

    /** From here on nothing is planned any more: a listener that opened now would never be closed. */
    void drain() {
        draining = true;
        Engine.Moment last = moment;
        moment = new Engine.Moment(last.result(), last.definitions(), last.lost(), last.broken(), last.catalog(),
                Phase.DRAINING);
    }

    boolean isDraining() {
        return draining;
    }

    /** How long live connections have when the gateway ends. Any thread. */
    Duration drainLimit() {
        return moment.result().plan().settings().timeouts().drain();
    }

    /** Whether something is wanted open, and nothing is. Any thread, after {@link #begin}. */
    boolean isConfiguredButClosed() {
        Plan plan = moment.result().plan();
        boolean configured = !plan.services().isEmpty() || plan.idle().containsValue(Plan.Idle.REFUSED)
                || !plans.configuration().unreadable().isEmpty();
        return configured && bulletin.isClosed();
    }

    /** What is in effect. Any thread. */
    Engine.Moment moment() {
        return moment;
    }

    /** What shows of the plugins. Any thread. */
    List<PluginStatus> shownPlugins() {
        return shownPlugins;
    }

    /** Lets operators out, and says so. By whoever ends the gateway, after the control thread. */
    void closeAdmin() {
        admin.close();
        bulletin.adminChanged();
    }

    /** Ends the observers, when no connection is left. */
    void closeWatchers() {
        watchers.close();
    }
}
