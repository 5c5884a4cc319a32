package io.sluice.kernel.control;

import io.sluice.kernel.config.Definition;
import io.sluice.kernel.plan.ClientSide.Foresight;
import io.sluice.kernel.plan.ListenerPlan;
import io.sluice.kernel.plan.ServicePlan;
import io.sluice.kernel.runtime.GatewayRuntime;
import io.sluice.kernel.session.Admission;
import io.sluice.kernel.upstream.Condition;
import io.sluice.kernel.upstream.Health;
import io.sluice.kernel.upstream.LiveTarget;
import io.sluice.kernel.upstream.OperatorState;
import io.sluice.kernel.upstream.RunningService;
import io.sluice.spi.access.AccessPolicy;
import io.sluice.spi.connection.ClientFacts;
import io.sluice.spi.connection.CloseReason;
import io.sluice.spi.connection.PresentedClient;
import io.sluice.spi.connection.Refusal;
import io.sluice.spi.control.Explanation.Candidate;
import io.sluice.spi.control.Explanation;
import io.sluice.spi.control.TargetStatus;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows a client through the plan and the live state, by asking the same objects that connections ask: the router, the
 * layers, the policies, the balancer. Nothing moves. Any thread.
 */
final class Explanations {

    private static final Logger LOG = LoggerFactory.getLogger(Explanations.class);

    private final GatewayRuntime runtime;

    Explanations(GatewayRuntime runtime) {
        this.runtime = runtime;
    }

    /** What becomes of a client of a listener. */
    Explanation of(ListenerPlan listener, ClientFacts assumed, Trace trace) {
        ServicePlan any = listener.services().get(0);
        ClientFacts client = learnt(any, assumed, trace);
        for (Foresight layer : any.client().foreseeBeforeRouting(client)) {
            if (layer.refusal().isPresent()) {
                return trace.refused("layer", named(layer));
            }
            trace.step("layer", layer.layer(), "it lets the client on");
        }
        Optional<ServicePlan> chosen = listener.router().route(client.serverName(), client.alpnOffers());
        if (chosen.isEmpty()) {
            return trace.refused("route", new Refusal(CloseReason.NO_SERVICE, client.serverName()
                    .map(name -> "no service answers to " + name).orElse("no service answers without a server name")));
        }
        ServicePlan service = chosen.get();
        trace.service(service.info().id());
        trace.step("route", service.info().id(), rule(listener, service, client));
        for (Foresight layer : service.client().foreseeAfterRouting(client)) {
            if (layer.refusal().isPresent()) {
                return trace.refused("layer", named(layer));
            }
            trace.step("layer", layer.layer(), "it lets the client on");
        }
        return admitted(service, client, trace);
    }

    /** Only what a layer learns is known. */
    private static ClientFacts learnt(ServicePlan service, ClientFacts assumed, Trace trace) {
        ClientFacts client = assumed;
        if (!service.client().takesPresentedAddress()
                && !assumed.client().source().equals(assumed.socket().remote())) {
            trace.step("layer", "none", "no layer takes a presented address: the socket's own counts");
            client = client.with(new PresentedClient(assumed.socket().remote(), assumed.socket().local()));
        }
        if (!service.client().tellsServerName()) {
            if (assumed.serverName().isPresent()) {
                trace.step("layer", "none", "no layer learns a server name: none is known");
            }
            client = new ClientFacts(client.socket(), client.client(), Optional.empty(), List.of(), Optional.empty(),
                    Optional.empty());
        }
        return client;
    }

    private static Refusal named(Foresight layer) {
        Refusal why = layer.refusal().orElseThrow();
        return new Refusal(why.reason(), layer.layer() + ": " + why.detail());
    }

    private static String rule(ListenerPlan listener, ServicePlan service, ClientFacts client) {
        String domain = service.info().domain();
        if (listener.services().size() == 1) {
            return "the only service of the listener";
        }
        String by = client.serverName().isEmpty() ? "the client asks for no server name"
                : domain.isEmpty() ? "no other service answers to " + client.serverName().get()
                : client.serverName().get() + " is " + (domain.startsWith("*.") ? "covered by " + domain : domain);
        return by + (service.client().alpn().isEmpty() ? "" : "; it speaks " + String.join(", ", service.client().alpn()));
    }

    private Explanation admitted(ServicePlan plan, ClientFacts client, Trace trace) {
        for (AccessPolicy policy : plan.access()) {
            Refusal refusal = Admission.ask(policy, client);
            if (refusal != null) {
                return trace.refused("access", refusal);
            }
        }
        trace.step("access", "allowed", plan.access().isEmpty() ? "the service has no access rules"
                : plan.access().size() + " access rules allow the client");
        Optional<RunningService> running = runtime.services().stream().filter(one -> one.plan() == plan).findFirst();
        if (running.isEmpty()) {
            return trace.refused("route", new Refusal(CloseReason.NO_SERVICE, "the service has just been changed"));
        }
        Refusal limit = limit(running.get(), client.client().source().getAddress());
        if (limit != null) {
            return trace.refused("limits", limit);
        }
        trace.step("limits", "allowed", "no limit is reached");
        return picked(running.get(), client, trace);
    }

    private Refusal limit(RunningService service, InetAddress address) {
        Definition.Limits limits = service.plan().rules().limits();
        int perIp = runtime.sessions().rules().maxConnectionsPerIp();
        if (perIp > 0 && runtime.sessions().counts().of(address) >= perIp) {
            return new Refusal(CloseReason.TOO_MANY_CONNECTIONS, "the client has " + perIp + " connections to the gateway");
        }
        if (limits.maxConnectionsPerIp() > 0
                && service.state().counts().of(address) >= limits.maxConnectionsPerIp()) {
            return new Refusal(CloseReason.TOO_MANY_CONNECTIONS, "the client has " + limits.maxConnectionsPerIp()
                    + " connections to the service");
        }
        if (limits.maxConnections() > 0 && service.state().counts().all() >= limits.maxConnections()) {
            return new Refusal(CloseReason.TOO_MANY_CONNECTIONS, "the service has " + limits.maxConnections() + " connections");
        }
        return service.state().rate().wouldAdmit(limits.newConnectionsPerSecond()) ? null
                : new Refusal(CloseReason.TOO_FAST, "more than " + limits.newConnectionsPerSecond()
                        + " new connections a second");
    }

    private static Explanation picked(RunningService service, ClientFacts client, Trace trace) {
        List<LiveTarget> targets = service.targets();
        OptionalInt best = targets.stream().filter(Explanations::isCandidate).mapToInt(LiveTarget::priority).min();
        List<Candidate> candidates = targets.stream().map(target -> candidate(target, best)).toList();
        trace.candidates(candidates);
        long in = candidates.stream().filter(Candidate::in).count();
        trace.step("candidates", Long.toString(in), in + " of " + candidates.size() + " targets may be picked");
        LiveTarget target;
        try {
            target = service.preview(client);
        } catch (Throwable e) {
            LOG.error("{} could not say what it would pick for service {}", service.plan().balancerName(),
                    service.plan().info().id(), e);
            return trace.refused("pick", new Refusal(CloseReason.INTERNAL_ERROR, service.plan().balancerName() + " failed: " + e));
        }
        if (target == null) {
            boolean waits = targets.stream().anyMatch(one -> one.condition().health() == Health.UNKNOWN);
            return trace.refused("pick", new Refusal(CloseReason.NO_TARGET, waits
                    ? "no target may take connections until its first probe has ended; a connection waits for that"
                    : "no target may take connections"));
        }
        trace.step("pick", target.id(), "the balancer would take it next");
        return trace.accepted(target.id());
    }

    private static boolean isCandidate(LiveTarget target) {
        return target.isAdmitted() && target.weight() > 0;
    }

    private static Candidate candidate(LiveTarget target, OptionalInt best) {
        Condition condition = target.condition();
        boolean in = isCandidate(target) && target.priority() == best.orElse(target.priority());
        return new Candidate(target.id(), target.configuredWeight(), target.priority(),
                TargetStatus.Health.valueOf(condition.health().name()),
                TargetStatus.State.valueOf(condition.operator().name()), in, in ? null : reason(target, condition, best));
    }

    private static String reason(LiveTarget target, Condition condition, OptionalInt best) {
        if (target.configuredWeight() == 0) {
            return "parked: its weight is 0";
        }
        if (condition.operator() != OperatorState.READY) {
            return condition.operator() == OperatorState.DRAINING ? "an operator drains it" : "it is in maintenance";
        }
        if (isCandidate(target)) {
            return "priority " + best.orElse(0) + " goes first";
        }
        return switch (condition.health()) {
            case DOWN -> "down: " + condition.lastProbe().map(probe -> probe.reason()).filter(why -> !why.isEmpty())
                    .orElse("its checks fail");
            case EJECTED -> "connections to it failed: it is left alone for a while";
            case UNKNOWN -> "there is no result of its checks yet";
            default -> "another target claims to be the primary too";
        };
    }
}
