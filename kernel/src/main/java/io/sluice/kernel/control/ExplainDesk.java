package io.sluice.kernel.control;

import io.sluice.kernel.config.IpLiteral;
import io.sluice.kernel.plan.ListenerPlan;
import io.sluice.kernel.runtime.GatewayRuntime;
import io.sluice.spi.connection.ClientFacts;
import io.sluice.spi.connection.Refusal;
import io.sluice.spi.control.ControlRefused;
import io.sluice.spi.control.Explainer;
import io.sluice.spi.control.Explanation;
import io.sluice.spi.control.RefusedConnection;
import io.sluice.spi.observer.ConnectionSummary;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/** Answers why; also for connections that were refused. */
final class ExplainDesk implements Explainer {

    private final Engine engine;
    private final GatewayRuntime runtime;
    private final Explanations explanations;
    private final Clients clients;
    private final RefusalLog refusals;

    ExplainDesk(Engine engine, GatewayRuntime runtime, Clients clients, RefusalLog refusals) {
        this.engine = engine;
        this.runtime = runtime;
        this.explanations = new Explanations(runtime);
        this.clients = clients;
        this.refusals = refusals;
        refusals.explainBy(this::explain);
    }

    @Override
    public Explanation explain(Question question) throws ControlRefused {
        Optional<InetAddress> address = Clients.address("address", question.address());
        ClientFacts facts = clients.of(question, address.orElse(InetAddress.getLoopbackAddress()));
        Trace trace = new Trace();
        if (question.client() == null) {
            trace.step("client", "assumed", "no address is given: the client is taken for one on this machine");
        }
        Optional<ListenerPlan> listener = listener(question.port(), address);
        if (listener.isEmpty()) {
            trace.step("listener", "none", "nothing listens on port " + question.port()
                    + address.map(one -> " of " + IpLiteral.text(one)).orElse(""));
            return trace.refused("no_listener");
        }
        return explain(listener.get(), facts, trace, runtime.foreseeAccept());
    }

    /** Of several on one port the one for that very address, else the one for all addresses. */
    private Optional<ListenerPlan> listener(int port, Optional<InetAddress> address) {
        List<ListenerPlan> all = engine.moment().result().plan().listeners().stream()
                .filter(one -> one.address().port() == port).toList();
        if (address.isEmpty()) {
            return all.stream().findFirst();
        }
        return all.stream().filter(one -> IpLiteral.parse(one.address().host()).equals(address)).findFirst()
                .or(() -> all.stream().filter(one -> IpLiteral.parse(one.address().host())
                        .filter(InetAddress::isAnyLocalAddress).isPresent()).findFirst());
    }

    /**
     * @param atAccept why it would not even be looked at
     */
    private Explanation explain(ListenerPlan listener, ClientFacts facts, Trace trace, Optional<Refusal> atAccept) {
        trace.listener(listener.address().toString());
        var state = runtime.listeners().stream().filter(one -> one.address().equals(listener.address())).findFirst();
        if (state.isEmpty()) {
            trace.step("listener", "closed", "the gateway is ending, or the port is being closed");
            return trace.refused("no_listener");
        }
        if (!state.get().open()) {
            trace.step("listener", "failed", state.get().reason());
            return trace.refused("no_listener");
        }
        trace.step("listener", listener.address().toString(), "it listens for " + listener.protocol());
        if (atAccept.isPresent()) {
            return trace.refused("limits", atAccept.get());
        }
        return explanations.of(listener, facts, trace);
    }

    /** What led to a refusal, by what was known about the client; what really happened has the last word. */
    private Explanation explain(ConnectionSummary summary) {
        Trace trace = new Trace();
        trace.listener(summary.listener());
        Explanation now = engine.moment().result().plan().listeners().stream()
                .filter(one -> one.address().toString().equals(summary.listener())).findFirst()
                .map(listener -> explain(listener, summary.client(), trace, Optional.empty())).orElseGet(() -> trace.refused(""));
        trace.step("end", summary.reason().word(), summary.detail());
        return new Explanation(Explanation.Outcome.REFUSED, summary.reason().word(), summary.listener(),
                summary.service().map(service -> service.id()).orElse(now.service()), null, now.candidates(),
                trace.steps());
    }

    @Override
    public List<RefusedConnection> refused() {
        return refusals.latest();
    }
}
