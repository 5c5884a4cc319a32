package io.sluice.plugins.tyk;

import io.sluice.spi.control.Change;
import io.sluice.spi.control.ControlRefused;
import io.sluice.spi.control.ControlRefused.Reason;
import io.sluice.spi.control.Expectation;
import io.sluice.spi.control.Outcome;
import io.sluice.spi.control.Preview;
import io.sluice.spi.control.Revision;
import io.sluice.spi.control.ServiceControl;
import io.sluice.spi.control.ServiceStatus;
import io.sluice.spi.json.Json;
import io.sluice.spi.json.JsonException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keeps definitions as they come; refuses a port above 65535, and port 1, which another one has. */
final class FakeServices implements ServiceControl {

    private final Json json;
    private final Map<String, ServiceStatus> stored = new LinkedHashMap<>();

    FakeServices(Json json) {
        this.json = json;
    }

    @Override
    public List<ServiceStatus> all() {
        return new ArrayList<>(stored.values());
    }

    @Override
    public Optional<ServiceStatus> find(String id) {
        return Optional.ofNullable(stored.get(id));
    }

    @Override
    @SuppressWarnings("unchecked")
    public Outcome put(String id, String definition, Order order) throws ControlRefused {
        try {
            Map<String, Object> map = (Map<String, Object>) json.read(definition);
            int port = ((Number) map.getOrDefault("listen_port", 6379)).intValue();
            if (port > 65535) {
                throw new ControlRefused(Reason.INVALID, "the definition is not in order",
                        List.of(FakeGateway.problem("listen_port: " + port + " (expected: 1 to 65535)")));
            } else if (port == 1) {
                throw new ControlRefused(Reason.CONFLICT, "another service has this port");
            } else if (!(order.expectation() instanceof Expectation.Anything)) {
                throw new ControlRefused(Reason.PRECONDITION_REQUIRED, "say which one you mean");
            }
            if (order.mode() == ServiceControl.Mode.DRY_RUN) {
                return outcome(id);
            }
            stored.put(id, new ServiceStatus(id, id, ServiceStatus.State.ACTIVE, "\"1\"", "f.json", map, List.of()));
            return outcome(id);
        } catch (JsonException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public Outcome delete(String id, Order order) throws ControlRefused {
        if ((order.mode() == ServiceControl.Mode.DRY_RUN ? stored.get(id) : stored.remove(id)) == null) {
            throw new ControlRefused(Reason.UNKNOWN, "there is none");
        }
        return outcome(id);
    }

    private static Outcome outcome(String id) {
        return new Outcome(id, 1, true, "\"1\"", List.<Change>of(), List.of());
    }

    @Override
    public Preview check(String definition) {
        throw new AssertionError();
    }

    @Override
    public List<Revision> history() {
        throw new AssertionError();
    }

    @Override
    public Outcome rollback(long revision, Order order) {
        throw new AssertionError();
    }
}
