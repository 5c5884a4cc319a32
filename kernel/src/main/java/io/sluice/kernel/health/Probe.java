package io.sluice.kernel.health;

import io.netty.util.concurrent.ScheduledFuture;
import io.sluice.kernel.health.Prober.ProbeOutcome;
import io.sluice.kernel.plan.CheckPlan;
import io.sluice.kernel.upstream.LiveTarget;
import io.sluice.kernel.upstream.ProbeReport;
import io.sluice.kernel.upstream.RunningService;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * One check of one target, probed again and again: the first time at once, then from start to start. Only the second
 * gap is shortened by chance, so that probes which began together do not stay together. Never twice at a time. Event
 * loop only.
 */
final class Probe {

    private final Prober prober;
    private final LiveTarget target;
    private final List<CompletableFuture<ProbeReport>> asking = new ArrayList<>(0);
    private RunningService service;
    private RunningService held;
    private CheckPlan check;
    private ProbeRun run;
    private ScheduledFuture<?> timer;
    private long startedAt;
    private int started;
    private boolean healthy = true;
    private boolean paused;
    private boolean over;

    Probe(Prober prober, RunningService service, LiveTarget target, CheckPlan check) {
        this.prober = prober;
        this.service = service;
        this.target = target;
        this.check = check;
    }

    /** The same check in a newer plan; probed at once if it asks something else than before. */
    void check(RunningService now, CheckPlan newer) {
        boolean alike = check.probesAlike(newer);
        service = now;
        check = newer;
        if (!alike) {
            giveUp();
            started = 0;
            start();
        } else if (run == null && timer == null) {
            // its turn came when the plan before had ended already
            start();
        }
    }

    CheckPlan check() {
        return check;
    }

    /** No probing for a while; or on again, beginning at once. */
    void pause(boolean now) {
        if (paused == now) {
            return;
        }
        paused = now;
        if (paused) {
            giveUp();
        } else {
            start();
        }
    }

    /** Ends it for good. */
    void stop() {
        over = true;
        giveUp();
        asking.forEach(asked -> asked.cancel(false));
        asking.clear();
    }

    private void giveUp() {
        cancelTimer();
        if (run != null) {
            run.abandon();
            run = null;
            held.release();
        }
    }

    private void cancelTimer() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    /** Probes now, or waits for the probe that is on its way. */
    CompletableFuture<ProbeReport> ask() {
        CompletableFuture<ProbeReport> asked = new CompletableFuture<>();
        asking.add(asked);
        if (run == null) {
            cancelTimer();
            start();
        }
        return asked;
    }

    void start() {
        timer = null;
        if (over || run != null || paused && asking.isEmpty() || !service.retain()) {
            return;
        }
        started++;
        RunningService holding = service;
        held = holding;
        ProbeRun[] own = new ProbeRun[1];
        own[0] = prober.probe(target.address(), check, () -> startedAt = System.nanoTime(), outcome -> {
            holding.release();
            ended(own[0], outcome);
        });
        if (!own[0].isOver()) {
            run = own[0];
        }
    }

    private void ended(ProbeRun from, ProbeOutcome outcome) {
        if (from != null && from != run) {
            return;
        }
        run = null;
        if (!outcome.inconclusive()) {
            healthy = outcome.report().healthy();
            service.state().probed(target.id(), outcome.report());
        }
        asking.forEach(asked -> asked.complete(outcome.report()));
        asking.clear();
        if (!over && !paused) {
            timer = prober.loop().schedule(this::start, untilNext(), TimeUnit.NANOSECONDS);
        }
    }

    private long untilNext() {
        Duration interval = healthy ? check.rules().interval() : check.rules().unhealthyInterval();
        long gap = interval.toNanos();
        if (started == 1) {
            gap -= ThreadLocalRandom.current().nextLong(gap / 2 + 1);
        }
        return Math.max(0, startedAt + gap - System.nanoTime());
    }
}
