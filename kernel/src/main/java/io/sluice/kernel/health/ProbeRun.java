package io.sluice.kernel.health;

import io.netty.channel.Channel;
import io.netty.util.concurrent.ScheduledFuture;
import io.sluice.kernel.health.Prober.ProbeOutcome;
import io.sluice.kernel.plan.CheckPlan;
import io.sluice.kernel.relay.Tail;
import io.sluice.kernel.upstream.UpstreamTry;
import io.sluice.spi.connection.TargetAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One probe: connect, open the layers, hold the conversation; ended by its deadline at the latest. Event loop only. */
final class ProbeRun implements UpstreamTry.Listener, Conversation.Listener {

    private static final Logger LOG = LoggerFactory.getLogger(ProbeRun.class);

    /** What is late by less was perhaps only unlucky: the machine was busy, or asleep. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    private final Prober prober;
    private final TargetAddress target;
    private final CheckPlan check;
    private final String id;
    private final Runnable began;
    private final Consumer<ProbeOutcome> told;
    private TranscriptWriter transcript;
    private UpstreamTry connecting;
    private Conversation conversation;
    private Channel channel;
    private Tail tail;
    private ScheduledFuture<?> deadline;
    private boolean started;
    private boolean over;

    ProbeRun(Prober prober, TargetAddress target, CheckPlan check, String id, Runnable began,
            Consumer<ProbeOutcome> told) {
        this.prober = prober;
        this.target = target;
        this.check = check;
        this.id = id;
        this.began = began;
        this.told = told;
    }

    void start() {
        started = true;
        began.run();
        transcript = new TranscriptWriter(check.name());
        deadline = prober.loop().schedule(this::timeOver, check.rules().timeout().toNanos(), TimeUnit.NANOSECONDS);
        connecting = new UpstreamTry(new UpstreamTry.Aim(target, check.layers(), Duration.ZERO, Duration.ZERO,
                Optional.empty(), id), prober.loop(), prober.network(), this);
        try {
            connecting.start();
        } catch (RuntimeException e) {
            LOG.error("a probe of {} met a fault", target, e);
            connecting.abandon();
            failed("the gateway met a fault: " + e, UpstreamTry.Fault.OURS);
        }
    }

    boolean isOver() {
        return over;
    }

    /** Gives it up; nobody is told. */
    void abandon() {
        if (!over) {
            over = true;
            if (started) {
                clean();
                prober.gaveUp();
            }
        }
    }

    private void timeOver() {
        if (over) {
            return;
        }
        String limit = check.rules().timeout().toMillis() + " ms";
        if (conversation == null) {
            connecting.abandon();
            failed(connecting.isConnected() ? "handshake not finished within " + limit : "no answer within " + limit,
                    UpstreamTry.Fault.TARGETS);
            return;
        }
        if (conversation.timeOver()) {
            Turn lastWord = conversation.turn();
            if (lastWord != null) {
                deadline = prober.loop().schedule(() -> late(lastWord, limit), GRACE.toMillis(), TimeUnit.MILLISECONDS);
            }
        } else if (conversation.turn() != null) {
            late(conversation.turn(), limit);
        } else {
            end(transcriptFailed("what is to be sent was not taken within " + limit));
        }
    }

    /** A command is not back in time: its probe fails now, and if it does not come back soon, it fails for good. */
    private void late(Turn turn, String limit) {
        if (over) {
            return;
        }
        String name = turn.command().name();
        end(transcriptFailed(turn.hasBegun() ? "command " + name + " was not back within " + limit
                : "command " + name + " found no free thread within " + limit));
        if (turn.hasBegun() && !turn.isBack()) {
            prober.loop().schedule(() -> {
                if (!turn.isBack()) {
                    turn.abandon();
                    prober.failedCommands().add(turn.command());
                }
            }, GRACE.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private String transcriptFailed(String reason) {
        transcript.failed(reason, -1);
        return reason;
    }

    @Override
    public void opened(Channel opened, Tail end) {
        channel = opened;
        tail = end;
        transcript.passed();
        conversation = new Conversation(check.commands(), channel, prober.pool(), prober.failedCommands(), transcript, this);
        if (check.commands().isEmpty()) {
            passed();
            return;
        }
        tail.attach(conversation);
        conversation.start();
    }

    @Override
    public void failed(String reason, UpstreamTry.Fault fault) {
        if (!over) {
            transcript.failed(reason, -1);
            end(false, reason, fault == UpstreamTry.Fault.OURS);
        }
    }

    @Override
    public Tail.Listener events() {
        return conversation;
    }

    @Override
    public void passed() {
        end(true, "", false);
    }

    @Override
    public void failed(String reason) {
        end(reason);
    }

    private void end(String reason) {
        end(false, reason, false);
    }

    private void end(boolean healthy, String reason, boolean inconclusive) {
        if (!over) {
            over = true;
            clean();
            told.accept(new ProbeOutcome(transcript.report(healthy, reason), inconclusive));
        }
    }

    private void clean() {
        deadline.cancel(false);
        if (conversation != null) {
            conversation.abandon();
            tail.discard();
            channel.close();
        } else if (connecting != null) {
            connecting.abandon();
        }
    }
}
