package io.sluice.kernel.health;

import io.netty.channel.EventLoop;
import io.sluice.kernel.plan.CheckPlan;
import io.sluice.kernel.problem.LiveProblems;
import io.sluice.kernel.upstream.Dial;
import io.sluice.kernel.upstream.ProbeReport;
import io.sluice.spi.connection.TargetAddress;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Runs single probes, all on one event loop: at most so many at a time, if there is a bound. */
final class Prober implements AutoCloseable {

    private final EventLoop loop;
    private final Dial.Network network;
    private final StepPool pool;
    private final FailedCommands failedCommands;
    private final AtomicLong lastId = new AtomicLong();
    private final Queue<ProbeRun> waiting = new ArrayDeque<>();
    private int most;
    private int inFlight;

    Prober(EventLoop loop, Dial.Network network, LiveProblems problems) {
        this.loop = loop;
        this.network = network;
        this.pool = new StepPool(loop);
        this.failedCommands = new FailedCommands(problems);
    }

    EventLoop loop() {
        return loop;
    }

    Dial.Network network() {
        return network;
    }

    StepPool pool() {
        return pool;
    }

    FailedCommands failedCommands() {
        return failedCommands;
    }

    /** How many probes may be in flight; 0 = any number. Event loop. */
    void most(int probes) {
        most = probes;
        startWaiting();
    }

    /**
     * Probes once. Event loop.
     *
     * @param began called when the probe really begins, which may be later than now
     * @param told  called once, on the event loop
     * @return the run, so that it can be given up
     */
    ProbeRun probe(TargetAddress target, CheckPlan check, Runnable began, Consumer<ProbeOutcome> told) {
        ProbeRun run = new ProbeRun(this, target, check, "probe-" + lastId.incrementAndGet(), began, outcome -> {
            inFlight--;
            startWaiting();
            told.accept(outcome);
        });
        waiting.add(run);
        startWaiting();
        return run;
    }

    private void startWaiting() {
        while (!waiting.isEmpty() && (most == 0 || inFlight < most)) {
            ProbeRun next = waiting.poll();
            if (!next.isOver()) {
                inFlight++;
                next.start();
            }
        }
    }

    /** A run that had begun was given up. Event loop. */
    void gaveUp() {
        inFlight--;
        startWaiting();
    }

    /**
     * What came of a probe.
     *
     * @param report       how it went
     * @param inconclusive whether it says nothing of the target, because the gateway itself could not probe
     */
    record ProbeOutcome(ProbeReport report, boolean inconclusive) {
    }

    @Override
    public void close() {
        pool.close();
    }
}
