package io.sluice.kernel.runtime;

import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import io.sluice.kernel.config.Definition.OnServiceRemoved;
import io.sluice.kernel.config.Settings;
import io.sluice.kernel.discovery.Discoveries;
import io.sluice.kernel.health.Monitor;
import io.sluice.kernel.listen.AcceptBudget;
import io.sluice.kernel.listen.InheritedSockets;
import io.sluice.kernel.listen.Listener;
import io.sluice.kernel.plan.ListenAddress;
import io.sluice.kernel.plan.Plan;
import io.sluice.kernel.plan.ServicePlan;
import io.sluice.kernel.plugin.Generation;
import io.sluice.kernel.problem.LiveProblems;
import io.sluice.kernel.session.Session;
import io.sluice.kernel.session.Sessions;
import io.sluice.kernel.session.Slice;
import io.sluice.kernel.upstream.Dial;
import io.sluice.kernel.upstream.HealthListener;
import io.sluice.kernel.upstream.HostNames;
import io.sluice.kernel.upstream.LiveTarget;
import io.sluice.kernel.upstream.RunningService;
import io.sluice.kernel.upstream.ServiceState;
import io.sluice.kernel.upstream.Steering;
import io.sluice.kernel.upstream.Transport;
import io.sluice.spi.connection.CloseReason;
import io.sluice.spi.connection.Refusal;
import io.sluice.spi.observer.ConnectionObserver;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What runs. {@link #apply} compares a plan with the one before and touches only what differs: an unchanged listener
 * keeps its socket, a session keeps the slices that it started on.
 *
 * <p>All methods that change something are for one control thread.
 */
public final class GatewayRuntime implements AutoCloseable {

    private static final long DRAIN_LOOK_MILLIS = 20;

    private final EventLoopGroup workers;
    private final HostNames names = new HostNames();
    private final Sessions sessions;
    private final AcceptBudget budget = new AcceptBudget();
    private final LiveProblems problems = new LiveProblems();
    private final Transport transport;
    private final InheritedSockets inherited;
    private final OpenListeners listeners;
    /** The latest removal of each service that is gone: an earlier one's deadline is not its own. */
    private final Map<String, Object> removals = new ConcurrentHashMap<>();
    private final Map<ServicePlan, RunningService> services = new HashMap<>();
    private final Map<String, ServiceState> states = new ConcurrentHashMap<>();
    private final Steering steering;
    private final Monitor monitor;
    private final ServiceDiscoveries discoveries;
    private volatile List<RunningService> runningServices = List.of();
    private Plan current;

    private GatewayRuntime(Transport transport, InheritedSockets inherited, int workers, Discoveries threads) {
        this.workers = transport.loops(workers);
        Dial.Network network = new Dial.Network(transport, names::resolve);
        this.sessions = new Sessions(network);
        this.steering = new Steering(problems, this::close);
        this.monitor = new Monitor(network, problems);
        this.discoveries = new ServiceDiscoveries(threads, problems);
        steering.listen(monitor);
        this.transport = transport;
        this.inherited = inherited;
        this.listeners = new OpenListeners(new Listener.Shared(this.workers, transport, inherited, sessions, budget), problems);
    }

    /**
     * Starts event loops; opens nothing yet.
     *
     * @param wanted      how to drive sockets; where this process inherits some NIO does, which alone can adopt them
     * @param discoveries where targets are asked for; closed with the runtime
     */
    public static GatewayRuntime start(int workers, Settings.Transport wanted, Discoveries discoveries) {
        return start(workers, wanted, InheritedSockets.ofThisProcess(), discoveries);
    }

    static GatewayRuntime start(int workers, Settings.Transport wanted, InheritedSockets inherited, Discoveries discoveries) {
        return new GatewayRuntime(Transport.of(inherited.isEmpty() ? wanted : Settings.Transport.NIO), inherited, workers,
                discoveries);
    }

    /** How sockets are driven: {@code nio} or {@code io_uring}. */
    public String transport() {
        return transport.name();
    }

    /**
     * A socket that this process has inherited, for someone who is no listener and whose address no service may have.
     *
     * @param to who that is
     */
    public Optional<ServerSocketChannel> lend(ListenAddress address, String to) {
        return inherited.lend(address, to);
    }

    /** Called on any thread after each change of a listener's state. */
    public void onListenerChange(Runnable told) {
        listeners.onChange(told);
    }

    /** What is wanted open, and whether it is. Any thread. */
    public List<ListenerStatus> listeners() {
        return listeners.statuses();
    }

    /** What is wrong with that which runs. Any thread. */
    public LiveProblems problems() {
        return problems;
    }

    /** What lives of the services beside their plans, by id: their targets above all. Any thread. */
    public Map<String, ServiceState> states() {
        return Collections.unmodifiableMap(states);
    }

    /** Probes targets. Any thread. */
    public Monitor monitor() {
        return monitor;
    }

    /** Tells someone what becomes of targets from now on. Any thread. */
    public void onHealth(HealthListener listener) {
        steering.listen(listener);
    }

    /** Why the next connection would be closed at accept; empty if it would not. Any thread. */
    public Optional<Refusal> foreseeAccept() {
        return budget.foresee();
    }

    /** The live sessions. Any thread. */
    public Sessions sessions() {
        return sessions;
    }

    /**
     * The observers from now on. When this returns, no event is on its way to any other.
     */
    public void observers(List<ConnectionObserver> observers) {
        sessions.observers().set(observers);
        awaitLoops();
    }

    /** Every event loop has finished what it was doing. */
    private void awaitLoops() {
        List<CountDownLatch> turns = new ArrayList<>();
        for (EventExecutor loop : workers) {
            CountDownLatch turn = new CountDownLatch(1);
            turns.add(turn);
            loop.execute(turn::countDown);
        }
        turns.forEach(turn -> {
            try {
                turn.await(5, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** Puts a plan into effect: when this returns, each of its listeners is open or has failed. */
    public void apply(Plan plan) {
        Settings settings = plan.settings();
        budget.limits(settings.limits().maxConnections(), settings.limits().newConnectionsPerSecond());
        sessions.rules(new Sessions.Rules(settings.timeouts().handshake(), settings.limits().maxConnectionsPerIp()));
        monitor.most(settings.uptimeTests().config().checkerPoolSize());
        Plan before = current;
        current = plan;
        Map<ServicePlan, RunningService> retired = services(plan);
        List<Slice> oldSlices = listeners.follow(plan, services);
        removals.keySet().removeAll(plan.services().keySet());
        if (before != null) {
            before.services().forEach((id, old) -> {
                if (!plan.services().containsKey(id)) {
                    removed(id, old, retired.get(old));
                }
            });
        }
        runningServices = plan.services().values().stream().map(services::get).toList();
        oldSlices.forEach(Slice::release);
        readmit(retired.keySet().stream().map(old -> plan.services().get(old.info().id())).filter(Objects::nonNull).toList());
        retired.values().forEach(RunningService::release);
    }

    /** Changed services look at the clients that they have: their rules about them may have changed. */
    private void readmit(List<ServicePlan> changed) {
        changed.forEach(service -> states.get(service.info().id()).plan(service));
        Set<String> ids = changed.stream().map(service -> service.info().id()).collect(Collectors.toSet());
        if (!ids.isEmpty()) {
            sessions.live().stream().filter(session -> session.serviceId().filter(ids::contains).isPresent())
                    .forEach(Session::readmit);
        }
    }

    /** Makes what is new; answers what is no longer current. */
    private Map<ServicePlan, RunningService> services(Plan plan) {
        Map<ServicePlan, RunningService> retired = new HashMap<>(services);
        for (ServicePlan service : plan.services().values()) {
            retired.remove(service);
            services.computeIfAbsent(service, this::begin);
        }
        services.keySet().removeAll(retired.keySet());
        retired.values().forEach(discoveries::end);
        // a removed service that still has connections keeps its counts: it may come back before they end
        states.entrySet().removeIf(entry -> !plan.services().containsKey(entry.getKey())
                && entry.getValue().counts().all() == 0);
        return retired;
    }

    private RunningService begin(ServicePlan plan) {
        RunningService service = new RunningService(plan,
                states.computeIfAbsent(plan.info().id(), id -> new ServiceState(steering)));
        discoveries.begin(service);
        return service;
    }

    private void removed(String id, ServicePlan old, RunningService ran) {
        Duration drain = old.steering().drain();
        OnServiceRemoved rule = old.definition().onServiceRemoved();
        Refusal why = new Refusal(CloseReason.SERVICE_REMOVED, "");
        Predicate<Session> isOfService = session -> session.serviceId().filter(id::equals).isPresent();
        Object removal = new Object();
        removals.put(id, removal);
        monitor.removed(id);
        Optional.ofNullable(states.get(id)).ifPresentOrElse(ServiceState::removed, () -> problems.clear(id));
        if (rule == OnServiceRemoved.CLOSE) {
            ran.shut();
            close(isOfService, why);
        } else if (rule == OnServiceRemoved.DRAIN && !drain.isZero()) {
            workers.next().schedule(() -> {
                if (!current.services().containsKey(id) && removals.get(id) == removal) {
                    close(isOfService, why);
                }
            }, drain.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private int close(LiveTarget target, Refusal why) {
        return close(session -> session.target().filter(own -> own == target).isPresent(), why);
    }

    /** How many live connections a service has. Any thread. */
    public int connections(String serviceId) {
        return (int) sessions.live().stream().filter(session -> session.serviceId().filter(serviceId::equals).isPresent())
                .count();
    }

    /** How many live connections of a service would be closed if this became its plan. Any thread. */
    public int refusedBy(ServicePlan next) {
        return (int) sessions.live().stream().filter(session -> session.serviceId().filter(next.info().id()::equals).isPresent()
                && session.isRefusedBy(next)).count();
    }

    /** The services of the current plan, at work. Any thread. */
    public List<RunningService> services() {
        return runningServices;
    }

    /** Does something short in some milliseconds, on an event loop, unless the gateway ends before. Any thread. */
    public void later(Runnable task, long millis) {
        if (!workers.isShuttingDown()) {
            workers.next().schedule(task, millis, TimeUnit.MILLISECONDS);
        }
    }

    /** Closes the live sessions whose path runs through one of these plugins. Any thread. */
    public void closeThrough(Set<Generation> plugins, Refusal why) {
        close(session -> session.runsThrough(plugins), why);
    }

    /** Closes live sessions; answers how many of them nobody had closed before. Any thread. */
    public int close(Predicate<Session> which, Refusal why) {
        List<Session> chosen = sessions.live().stream().filter(which).toList();
        return (int) chosen.stream().filter(session -> session.close(why)).count();
    }

    /** Stops accepting, waits for the sessions at most so long, then closes those that are left. */
    public void drain(Duration limit) {
        listeners.close();
        // what was accepted last is on its way to its event loop, and no session yet
        awaitLoops();
        long until = System.nanoTime() + limit.toNanos();
        try {
            while (!sessions.live().isEmpty() && System.nanoTime() - until < 0) {
                Thread.sleep(DRAIN_LOOK_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        close(session -> true, new Refusal(CloseReason.SHUTDOWN, ""));
        awaitLoops();
    }

    @Override
    public void close() {
        listeners.close();
        discoveries.close();
        monitor.close();
        steering.close();
        close(session -> true, new Refusal(CloseReason.SHUTDOWN, ""));
        awaitLoops();
        workers.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
        names.close();
    }
}
