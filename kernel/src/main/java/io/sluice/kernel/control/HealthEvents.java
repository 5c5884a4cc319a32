package io.sluice.kernel.control;

import io.sluice.kernel.observe.EventRing;
import io.sluice.kernel.upstream.HealthListener;
import io.sluice.kernel.upstream.OperatorState;
import io.sluice.spi.balancer.Target;
import io.sluice.spi.connection.ServiceInfo;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Tells of targets that come and go. */
public final class HealthEvents implements HealthListener {

    private final EventRing events;

    public HealthEvents(EventRing events) {
        this.events = events;
    }

    @Override
    public void hostUp(ServiceInfo service, Target target) {
        add("HostUp", service, target, null);
    }

    @Override
    public void hostDown(ServiceInfo service, Target target, String reason) {
        add("HostDown", service, target, reason);
    }

    @Override
    public void hostEjected(ServiceInfo service, Target target, Duration rest) {
        add("HostEjected", service, target, "connections to it failed: left alone for " + rest.toSeconds() + " s");
    }

    @Override
    public void hostReadmitted(ServiceInfo service, Target target) {
        add("HostReadmitted", service, target, null);
    }

    @Override
    public void hostOperated(ServiceInfo service, Target target, OperatorState state) {
        add("HostOperated", service, target, state.word());
    }

    private void add(String type, ServiceInfo service, Target target, String reason) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("service", service.id());
        data.put("target", target.id());
        data.put("address", target.address().toString());
        data.put("reason", reason);
        events.add(type, data);
    }
}
