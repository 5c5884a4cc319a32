package io.sluice.plugins.prometheus;

import io.sluice.spi.control.CertificateStatus;
import io.sluice.spi.control.GatewayControl;
import io.sluice.spi.control.GatewayStatus;
import io.sluice.spi.control.ListenerStatus;
import io.sluice.spi.control.Metric;
import io.sluice.spi.control.Metric.Sample;
import io.sluice.spi.control.Metric.Type;
import io.sluice.spi.control.PluginStatus;
import io.sluice.spi.control.Problem.Severity;
import io.sluice.spi.control.TargetStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Everything that a scrape shows: what the kernel counts, what its state says of this moment, and the JVM's memory. Where
 * the kernel itself gives a metric of some name, that one is shown.
 */
final class Families {

    private final GatewayControl gateway;

    Families(GatewayControl gateway) {
        this.gateway = gateway;
    }

    List<Metric> now() {
        Map<String, Metric> metrics = new TreeMap<>();
        state().forEach(metric -> metrics.put(metric.name(), metric));
        Jvm.metrics().forEach(metric -> metrics.put(metric.name(), metric));
        gateway.metrics().forEach(metric -> metrics.put(metric.name(), metric));
        return List.copyOf(metrics.values());
    }

    private List<Metric> state() {
        GatewayStatus status = gateway.status();
        List<TargetStatus> targets = gateway.targets().all();
        return List.of(
                gauge("uptime_seconds", "Seconds since the process started.", one(status.uptime())),
                gauge("plan_revision", "Revision of the plan in effect.", one(status.revision())),
                gauge("problems", "Problems that are open now, by severity.", problems(status)),
                gauge("listener_open", "Whether a listener accepts connections.", listeners()),
                gauge("target_health", "1 for the health that a target has now.", targets.stream().map(target ->
                        sample(1, "service", target.service(), "target", target.id(), "state", word(target.health())))
                        .toList()),
                gauge("target_state", "1 for the state that operators gave a target.", targets.stream().map(target ->
                        sample(1, "service", target.service(), "target", target.id(), "state", word(target.state())))
                        .toList()),
                gauge("target_connections", "Live connections of a target.", targets.stream().map(target ->
                        sample(target.connections(), "service", target.service(), "target", target.id())).toList()),
                gauge("plugin_state", "Generations of a plugin, by state.", plugins()),
                gauge("certificate_expiry_timestamp_seconds",
                        "When the first of a service's certificates expires, in seconds since 1970.", certificates()));
    }

    private static List<Sample> problems(GatewayStatus status) {
        long errors = status.problems().stream().filter(problem -> problem.severity() == Severity.ERROR).count();
        return List.of(sample(errors, "state", "error"), sample(status.problems().size() - errors, "state", "warning"));
    }

    private List<Sample> listeners() {
        return gateway.listeners().stream().map(listener ->
                sample(listener.state() == ListenerStatus.State.OPEN ? 1 : 0, "listener", listener.address())).toList();
    }

    private List<Sample> plugins() {
        Map<List<String>, Long> counts = new LinkedHashMap<>();
        for (PluginStatus plugin : gateway.plugins().all()) {
            counts.merge(List.of(plugin.name(), plugin.state().toLowerCase(Locale.ROOT)), 1L, Long::sum);
        }
        List<Sample> samples = new ArrayList<>();
        counts.forEach((key, count) -> samples.add(sample(count, "plugin", key.get(0), "state", key.get(1))));
        return samples;
    }

    private List<Sample> certificates() {
        Map<String, Instant> first = new TreeMap<>();
        for (CertificateStatus certificate : gateway.certificates().all()) {
            certificate.usedBy().forEach(service -> first.merge(service, certificate.notAfter(),
                    (a, b) -> a.isBefore(b) ? a : b));
        }
        List<Sample> samples = new ArrayList<>();
        first.forEach((service, notAfter) -> samples.add(sample(notAfter.getEpochSecond(), "service", service)));
        return samples;
    }

    private static Metric gauge(String name, String help, List<Sample> samples) {
        return new Metric(name, Type.GAUGE, help, samples);
    }

    static List<Sample> one(double value) {
        return List.of(new Sample(Map.of(), value));
    }

    private static Sample sample(double value, String... labels) {
        Map<String, String> map = new LinkedHashMap<>();
        for (int i = 0; i < labels.length; i += 2) {
            map.put(labels[i], labels[i + 1]);
        }
        return new Sample(map, value);
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
