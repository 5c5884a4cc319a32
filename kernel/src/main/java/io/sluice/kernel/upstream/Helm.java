package io.sluice.kernel.upstream;

import io.sluice.kernel.config.Definition.OnTargetDown;
import io.sluice.kernel.plan.SteeringRules;
import io.sluice.spi.connection.CloseReason;
import io.sluice.spi.connection.Refusal;
import io.sluice.spi.connection.ServiceInfo;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** Steers one service: turns what happens to its targets into who takes connections. {@link Steering} thread only. */
final class Helm {

    private final ServiceState service;
    private final Steering steering;
    private final PrimaryConflict conflict;
    private RunningService current;
    private boolean stepPending;
    private boolean balancePending;
    private boolean awaited;
    private boolean retired;

    Helm(ServiceState service, Steering steering) {
        this.service = service;
        this.steering = steering;
        this.conflict = new PrimaryConflict(steering);
    }

    /** The service whose plan counts from now on. */
    void current(RunningService now) {
        current = now;
        retired = false;
        changed(now);
    }

    /** Its service is gone: what still comes in is of no interest. */
    void retire() {
        retired = true;
        service.targets().forEach(target -> target.state().unwatched());
        steering.problems().clear(info().id());
    }

    /** A service has other targets than before. */
    void changed(RunningService of) {
        if (of == current) {
            service.targets().stream().filter(target -> !of.has(target)).forEach(target -> target.state().unwatched());
            of.targets().forEach(target -> {
                target.state().checks(of.checks(target));
                target.show();
            });
        }
        refresh();
        if (of == current) {
            steering.tell(listener -> listener.targetsChanged(of));
        }
    }

    private ServiceInfo info() {
        return current.plan().info();
    }

    private SteeringRules rules() {
        return current.plan().steering();
    }

    void probed(LiveTarget target, ProbeReport report) {
        if (retired) {
            return;
        }
        TargetState state = target.state();
        Health before = state.health();
        boolean claimed = state.claims();
        var epoch = state.epoch();
        state.probed(report);
        Health now = state.health();
        boolean readmitted = rules().checksSteer() && now == Health.UP && report.healthy() && state.ejection().isOut();
        if (readmitted) {
            state.ejection().end();
        }
        if (rules().checksSteer() && before == Health.DOWN && now == Health.UP || readmitted) {
            state.slowStart().begin(rules().slowStart(), System.nanoTime());
        }
        target.show();
        if (before != now || readmitted || claimed != state.claims() || !epoch.equals(state.epoch())) {
            refreshSoon();
        }
        steering.tell(listener -> listener.probed(info(), target, report));
        if (readmitted) {
            steering.tell(listener -> listener.hostReadmitted(info(), target));
        }
        if (before != now && now == Health.DOWN) {
            wentDown(target, report.reason());
        }
        if (!state.isNews()) {
            return;
        }
        if (now == Health.UP) {
            steering.tell(listener -> listener.hostUp(info(), target));
        } else {
            steering.tell(listener -> listener.hostDown(info(), target, report.reason()));
        }
    }

    private void wentDown(LiveTarget target, String reason) {
        if (!rules().checksSteer()) {
            return;
        }
        Refusal why = new Refusal(CloseReason.TARGET_DOWN, reason);
        if (rules().onTargetDown() == OnTargetDown.CLOSE) {
            steering.connections().close(target, why);
        } else if (rules().onTargetDown() == OnTargetDown.DRAIN && !rules().drain().isZero()) {
            Object fall = target.state().fell();
            steering.later(rules().drain(), () -> {
                if (target.state().isDownSince(fall)) {
                    steering.connections().close(target, why);
                }
            });
        }
    }

    /** Never more than half of the targets at once. */
    void eject(LiveTarget target) {
        Ejection ejection = target.state().ejection();
        long out = current.targets().stream().filter(other -> other.state().ejection().isOut()).count();
        if (ejection.isOut() || (out + 1) * 2 > current.targets().size() || !current.has(target)) {
            return;
        }
        Duration rest = ejection.begin();
        Object turn = ejection.turn();
        target.onProbation();
        target.show();
        refreshSoon();
        steering.tell(listener -> listener.hostEjected(info(), target, rest));
        steering.later(rest, () -> {
            if (ejection.turn() == turn) {
                ejection.end();
                target.state().slowStart().begin(rules().slowStart(), System.nanoTime());
                target.show();
                refreshSoon();
                steering.tell(listener -> listener.hostReadmitted(info(), target));
            }
        });
    }

    void operate(LiveTarget target, OperatorState now, Duration deadline, ServiceState.Close close) {
        TargetState state = target.state();
        boolean differs = state.operator() != now;
        if (differs && now == OperatorState.READY) {
            state.slowStart().begin(rules().slowStart(), System.nanoTime());
        }
        Object word = state.operator(now);
        target.show();
        refresh();
        Refusal why = new Refusal(CloseReason.CLOSED_BY_OPERATOR, now.word());
        if (now != OperatorState.READY && close == ServiceState.Close.NOW) {
            steering.connections().close(target, why);
        } else if (now != OperatorState.READY && !deadline.isZero()) {
            steering.later(deadline, () -> {
                if (state.word() == word) {
                    steering.connections().close(target, why);
                }
            });
        }
        if (differs) {
            steering.tell(listener -> listener.hostOperated(info(), target, now));
        }
    }

    /** Who takes connections from now on; when this returns, that is in effect. */
    private void refresh() {
        Candidates candidates = decide();
        balance();
        closeRivals(candidates);
    }

    /**
     * The same, for what may come a thousand times at once: what must not be picked is out when this returns, and what
     * may be picked is in when the results that wait already have been looked at too. So a balancer that takes its time
     * over new targets does so once for all of them.
     */
    private void refreshSoon() {
        Candidates candidates = decide();
        if (!steering.hasMore() || !candidates.claimants().isEmpty()) {
            balance();
        } else if (!balancePending) {
            balancePending = true;
            steering.execute(this::balance);
        }
        closeRivals(candidates);
    }

    private Candidates decide() {
        List<LiveTarget> listed = current.targets();
        Candidates candidates = Candidates.of(listed, rules());
        for (LiveTarget target : service.targets()) {
            target.admitted(current.has(target) ? candidates.admitted().contains(target)
                    : target.state().operator() == OperatorState.READY && target.state().health() != Health.DOWN);
        }
        weigh(listed);
        awaited = candidates.awaited();
        return candidates;
    }

    /** Last, so that a client which is cut off and comes back at once is served by whoever may serve it. */
    private void closeRivals(Candidates candidates) {
        if (!retired) {
            conflict.of(info(), candidates);
        }
    }

    private void balance() {
        balancePending = false;
        service.running().forEach(RunningService::refresh);
        service.awaited(awaited);
        service.prune();
    }

    /** While one of them starts slowly, all weights are in tenths. */
    private void weigh(List<LiveTarget> targets) {
        long now = System.nanoTime();
        int[] shares = targets.stream().mapToInt(target -> target.state().slowStart().share(now)).toArray();
        boolean slow = Arrays.stream(shares).anyMatch(share -> share < SlowStart.FULL);
        for (int i = 0; i < shares.length; i++) {
            long weight = (long) targets.get(i).configuredWeight() * (slow ? shares[i] : 1);
            targets.get(i).weight((int) Math.min(weight, Integer.MAX_VALUE));
        }
        if (slow && !stepPending) {
            targets.stream().map(target -> target.state().slowStart().nextStep()).filter(step -> !step.isZero())
                    .min(Duration::compareTo).ifPresent(this::refreshIn);
        }
    }

    private void refreshIn(Duration step) {
        stepPending = true;
        steering.later(step, () -> {
            stepPending = false;
            refreshSoon();
        });
    }
}
