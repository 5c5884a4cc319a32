package io.sluice.kernel.control;

import io.sluice.kernel.observe.Counters;
import io.sluice.kernel.runtime.GatewayRuntime;
import io.sluice.kernel.upstream.LiveTarget;
import io.sluice.kernel.upstream.RunningService;
import io.sluice.spi.control.Metric;
import io.sluice.spi.control.Metric.Sample;
import io.sluice.spi.control.Metric.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/** The kernel's counters and gauges. Labels come from the plan and from closed lists. */
final class MetricList {

    private final Engine engine;
    private final GatewayRuntime runtime;
    private final Counters counters;
    private final RelayedBytes relayed;

    MetricList(Engine engine, GatewayRuntime runtime, Counters counters, RelayedBytes relayed) {
        this.engine = engine;
        this.runtime = runtime;
        this.counters = counters;
        this.relayed = relayed;
    }

    List<Metric> all() {
        List<Metric> metrics = new ArrayList<>();
        Engine.Moment moment = engine.moment();
        metrics.add(single("plan_revision", "Revision of the plan in effect.", moment.result().plan().revision()));
        metrics.add(problems());
        metrics.add(listeners());
        metrics.add(counter("connections_accepted", "Connections accepted since the start.",
                List.of(new Sample(Map.of(), counters.accepted()))));
        metrics.add(counter("connections_refused_at_accept", "Connections closed unseen because the gateway was over a limit.",
                counters.atAccept().entrySet().stream()
                        .map(one -> new Sample(Map.of("listener", one.getKey()), one.getValue().sum())).toList()));
        metrics.add(counter("connections_ended", "Connections that have ended, by their reason; no service for those that reached none.",
                counters.ended().entrySet().stream().map(one -> new Sample(Map.of("service", one.getKey().service(),
                        "reason", one.getKey().reason().word()), one.getValue().sum())).toList()));
        metrics.add(perService("connections_routed", "Connections that a service's policies allowed.", Counters.PerService::routed));
        metrics.add(perService("connections_connected", "Connections that reached a target.", Counters.PerService::connected));
        metrics.add(perService("connection_tries", "Targets that were tried for connections that have ended.", Counters.PerService::tries));
        metrics.add(bytes());
        metrics.add(connections());
        metrics.add(targets("target_connections", "Live connections to a target, those being connected included.",
                LiveTarget::connections));
        metrics.add(targets("target_weight", "How much a target gets beside the others.", LiveTarget::weight));
        metrics.add(plugins());
        return metrics;
    }

    private static Metric single(String name, String help, double value) {
        return new Metric(name, Type.GAUGE, help, List.of(new Sample(Map.of(), value)));
    }

    private static Metric counter(String name, String help, List<Sample> samples) {
        return new Metric(name, Type.COUNTER, help, samples);
    }

    private Metric perService(String name, String help, ToDoubleFunction<Counters.PerService> value) {
        return counter(name, help, counters.services().entrySet().stream()
                .map(one -> new Sample(Map.of("service", one.getKey()), value.applyAsDouble(one.getValue()))).toList());
    }

    private Metric problems() {
        Map<String, Integer> bySeverity = new TreeMap<>(Map.of("error", 0, "warning", 0));
        engine.moment().result().problems().forEach(problem -> bySeverity.merge(problem.severity().word(), 1, Integer::sum));
        runtime.problems().all().forEach(problem -> bySeverity.merge(problem.severity().word(), 1, Integer::sum));
        return new Metric("problems", Type.GAUGE, "Things that are wrong now.", bySeverity.entrySet().stream()
                .map(one -> new Sample(Map.of("state", one.getKey()), one.getValue())).toList());
    }

    private Metric listeners() {
        return new Metric("listener_open", Type.GAUGE, "Whether a listener accepts.", runtime.listeners().stream()
                .map(one -> new Sample(Map.of("listener", one.address().toString()), one.open() ? 1 : 0)).toList());
    }

    /** Generations are summed: a series for each would be left behind by every new jar. */
    private Metric plugins() {
        Map<Map<String, String>, Long> users = new LinkedHashMap<>();
        engine.pluginStatuses().stream().filter(plugin -> plugin.generation() > 0).forEach(plugin ->
                users.merge(Map.of("plugin", plugin.name(), "state", plugin.state().name().toLowerCase(Locale.ROOT)),
                        (long) plugin.users(), Long::sum));
        return new Metric("plugin_users", Type.GAUGE, "Plans, sessions and probes that hold a plugin.",
                users.entrySet().stream().map(one -> new Sample(one.getKey(), one.getValue())).toList());
    }

    private Metric connections() {
        return new Metric("connections", Type.GAUGE, "Live connections.", runtime.services().stream()
                .map(service -> new Sample(Map.of("service", service.plan().info().id()),
                        service.state().counts().all())).toList());
    }

    private Metric targets(String name, String help, ToDoubleFunction<LiveTarget> value) {
        List<Sample> samples = new ArrayList<>();
        for (RunningService service : runtime.services()) {
            service.targets().forEach(target -> samples.add(new Sample(Map.of("service", service.plan().info().id(),
                    "target", target.id()), value.applyAsDouble(target))));
        }
        return new Metric(name, Type.GAUGE, help, samples);
    }

    /** Of connections that have ended and of those that live. */
    private Metric bytes() {
        List<Sample> samples = new ArrayList<>();
        relayed.byService().forEach((id, traffic) -> {
            samples.add(new Sample(Map.of("service", id, "direction", "from_client"), traffic.bytesFromClient()));
            samples.add(new Sample(Map.of("service", id, "direction", "to_client"), traffic.bytesToClient()));
        });
        return counter("relayed_bytes", "Bytes relayed, by direction.", samples);
    }
}
