package io.sluice.kernel.control;

import io.sluice.kernel.config.OfferedJson;
import io.sluice.kernel.observe.Counters;
import io.sluice.kernel.observe.EventRing;
import io.sluice.kernel.plan.Plan;
import io.sluice.kernel.problem.Problem;
import io.sluice.kernel.runtime.GatewayRuntime;
import io.sluice.spi.control.CertificateControl;
import io.sluice.spi.control.ConnectionControl;
import io.sluice.spi.control.ControlRefused;
import io.sluice.spi.control.EventLog;
import io.sluice.spi.control.Explainer;
import io.sluice.spi.control.GatewayControl;
import io.sluice.spi.control.GatewayStatus;
import io.sluice.spi.control.ListenerStatus;
import io.sluice.spi.control.Metric;
import io.sluice.spi.control.Outcome;
import io.sluice.spi.control.PluginControl;
import io.sluice.spi.control.ServiceControl;
import io.sluice.spi.control.TargetControl;
import io.sluice.spi.json.Json;
import io.sluice.spi.observer.ConnectionSummary.Traffic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The control room: one desk for each thing that can be operated. */
public final class Operations implements GatewayControl {

    private final Engine engine;
    private final GatewayRuntime runtime;
    private final Watch watch;
    private final String version;
    private final Instant startedAt = ProcessHandle.current().info().startInstant().orElseGet(Instant::now);
    private final Json json = new OfferedJson();
    private final ServiceControl services;
    private final TargetControl targets;
    private final ConnectionControl connections;
    private final PluginControl plugins;
    private final CertificateControl certificates;
    private final Explainer explainer;
    private final SchemaText schema;
    private final MetricList metrics;
    private final RelayedBytes relayed;

    /** What watches the gateway at work. */
    public record Watch(EventRing events, Counters counters, RefusalLog refusals) {
    }

    public Operations(Engine engine, GatewayRuntime runtime, Watch watch, Room room) {
        this.engine = engine;
        this.runtime = runtime;
        this.watch = watch;
        this.version = room.version();
        this.services = new ServiceDesk(engine, runtime, room);
        this.targets = new TargetDesk(engine, runtime);
        this.connections = new ConnectionDesk(runtime);
        this.plugins = new PluginDesk(engine);
        CertificateDesk stored = new CertificateDesk(engine, room.certificates());
        this.certificates = stored;
        this.explainer = new ExplainDesk(engine, runtime, new Clients(stored::pem), watch.refusals());
        this.schema = new SchemaText(engine);
        this.relayed = new RelayedBytes(watch.counters(), runtime.sessions());
        this.metrics = new MetricList(engine, runtime, watch.counters(), relayed);
    }

    @Override
    public GatewayStatus status() {
        Engine.Moment moment = engine.moment();
        Plan plan = moment.result().plan();
        List<Problem> problems = new ArrayList<>(plan.problems());
        problems.addAll(runtime.problems().all());
        return new GatewayStatus(version, plan.revision(), moment.phase(), startedAt,
                Duration.between(startedAt, Instant.now()).toSeconds(), runtime.transport(), totals(plan),
                Problems.of(problems));
    }

    private GatewayStatus.Totals totals(Plan plan) {
        List<ListenerStatus> listeners = listeners();
        Counters counters = watch.counters();
        Traffic bytes = relayed.inAll();
        return new GatewayStatus.Totals(plan.services().size(), listeners.size(),
                (int) listeners.stream().filter(one -> one.state() == ListenerStatus.State.OPEN).count(),
                runtime.services().stream().mapToInt(service -> service.targets().size()).sum(),
                runtime.sessions().live().size(), counters.accepted(), counters.refused(), bytes.bytesFromClient(),
                bytes.bytesToClient());
    }

    @Override
    public ServiceControl services() {
        return services;
    }

    @Override
    public List<ListenerStatus> listeners() {
        return Listeners.of(runtime);
    }

    @Override
    public TargetControl targets() {
        return targets;
    }

    @Override
    public ConnectionControl connections() {
        return connections;
    }

    @Override
    public CertificateControl certificates() {
        return certificates;
    }

    @Override
    public PluginControl plugins() {
        return plugins;
    }

    @Override
    public Explainer explainer() {
        return explainer;
    }

    @Override
    public EventLog events() {
        return watch.events();
    }

    @Override
    public String schema() {
        return schema.text();
    }

    @Override
    public List<Metric> metrics() {
        return metrics.all();
    }

    @Override
    public Json json() {
        return json;
    }

    @Override
    public long reload() throws ControlRefused {
        return engine.inTurn(() -> {
            engine.reload();
            return engine.moment().result().plan().revision();
        });
    }

    @Override
    public Outcome previewReload() throws ControlRefused {
        return engine.inTurn(() -> {
            Engine.Moment now = engine.moment();
            Engine.Moment next = engine.foresee();
            return new Outcome("", now.result().plan().revision(), false, "", DefinitionDifference.changes(
                    DefinitionDifference.touched(Standing.of(now), Standing.of(next)), now.result().plan(),
                    next.result().plan(), new LiveConnections(runtime)), Problems.of(next.result().plan().problems()));
        });
    }
}
