package io.sluice.plugins.prometheus;

import io.sluice.spi.control.CertificateControl;
import io.sluice.spi.control.CertificateStatus;
import io.sluice.spi.control.GatewayStatus;
import io.sluice.spi.control.ListenerStatus;
import io.sluice.spi.control.Metric;
import io.sluice.spi.control.Metric.Sample;
import io.sluice.spi.control.PluginControl;
import io.sluice.spi.control.PluginStatus;
import io.sluice.spi.control.Problem;
import io.sluice.spi.control.TargetControl;
import io.sluice.spi.control.TargetStatus;
import io.sluice.testing.control.UnaskedGateway;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A gateway with so many services, of two targets each; only what a scrape reads is there. */
final class FakeGateway extends UnaskedGateway {

    private static final Instant EXPIRY = Instant.ofEpochSecond(1_900_000_000);

    private final int count;
    private final String name;

    FakeGateway(int count, String name) {
        this.count = count;
        this.name = name;
    }

    @Override
    public GatewayStatus status() {
        return new GatewayStatus("0.1.0", 7, GatewayStatus.Phase.READY, Instant.EPOCH, 3600, "nio",
                new GatewayStatus.Totals(count, count, count, 2 * count, 0, 0, 0, 0, 0), List.of(
                        problem(Problem.Severity.ERROR), problem(Problem.Severity.WARNING), problem(Problem.Severity.WARNING)));
    }

    private static Problem problem(Problem.Severity severity) {
        return new Problem(severity, "code", null, null, null, null, null, "message", null);
    }

    @Override
    public List<ListenerStatus> listeners() {
        return List.of(new ListenerStatus("127.0.0.1:6379", "tcp", List.of(), ListenerStatus.State.OPEN, null),
                new ListenerStatus("127.0.0.1:6380", "tcp", List.of(), ListenerStatus.State.FAILED, "in use"));
    }

    @Override
    public TargetControl targets() {
        List<TargetStatus> targets = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < 2; j++) {
                targets.add(new TargetStatus("t" + j, name + i, "10.0.0." + j + ":6379", 1, 0, j == 0
                        ? TargetStatus.Health.UP : TargetStatus.Health.DOWN, TargetStatus.State.READY, j, null));
            }
        }
        return only(TargetControl.class, targets);
    }

    @Override
    public PluginControl plugins() {
        return only(PluginControl.class, List.of(plugin("ACTIVE"), plugin("DRAINING"), plugin("DRAINING")));
    }

    private static PluginStatus plugin(String state) {
        return new PluginStatus("protocol-tcp", "1", "f.jar", state, null, List.of(), 1, 1);
    }

    @Override
    public CertificateControl certificates() {
        List<CertificateStatus> all = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            all.add(new CertificateStatus("id" + i, "", "", "", List.of(), Instant.EPOCH, EXPIRY.plusSeconds(i), true,
                    List.of(name + 0)));
        }
        return only(CertificateControl.class, all);
    }

    @Override
    public List<Metric> metrics() {
        List<Sample> bytes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            bytes.add(new Sample(Map.of("service", name + i, "direction", "from_client"), 1e15 + i));
            bytes.add(new Sample(Map.of("service", name + i, "direction", "to_client"), i));
        }
        return List.of(new Metric("relayed_bytes", Metric.Type.COUNTER, "Bytes \\ relayed\nof \"ended\" ones.", bytes));
    }

    /** Answers {@code all()}; everything else is an error. */
    private static <T> T only(Class<T> type, List<?> all) {
        InvocationHandler handler = (proxy, method, arguments) -> {
            if (method.getName().equals("all")) {
                return all;
            }
            throw new AssertionError("a scrape asks for " + method);
        };
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
