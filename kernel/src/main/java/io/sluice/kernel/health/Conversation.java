package io.sluice.kernel.health;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.util.concurrent.ScheduledFuture;
import io.sluice.kernel.plan.CheckPlan;
import io.sluice.kernel.relay.Intake;
import io.sluice.kernel.relay.Receiver;
import io.sluice.kernel.relay.Relay.Side;
import io.sluice.kernel.relay.Tail;
import io.sluice.spi.health.Step;
import io.sluice.spi.health.Step.Cause;
import io.sluice.spi.health.StepResult;
import io.sluice.spi.protocol.EndOfStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The commands of one probe, one after the other, on a connection that is open. Everything here is on the channel's event
 * loop but the commands themselves: one {@link Turn} at a time is out on the {@link StepPool}.
 */
final class Conversation implements Receiver, Tail.Listener {

    private static final Logger LOG = LoggerFactory.getLogger(Conversation.class);

    private final List<CheckPlan.Command> commands;
    private final Channel channel;
    private final StepPool pool;
    private final FailedCommands failedCommands;
    private final TranscriptWriter transcript;
    private final Listener listener;
    private final Unread unread = new Unread();
    private final int lastExpecting;
    private int index = -1;
    private Step step;
    private Turn turn;
    private boolean writing;
    private boolean ended;
    private boolean stepTimeOver;
    private boolean lastWord;
    private boolean over;
    private ScheduledFuture<?> stepTimer;

    /** Who is told how it went; one call. */
    interface Listener {

        void passed();

        void failed(String reason);
    }

    Conversation(List<CheckPlan.Command> commands, Channel channel, StepPool pool, FailedCommands failedCommands,
            TranscriptWriter transcript, Listener listener) {
        this.commands = commands;
        this.channel = channel;
        this.pool = pool;
        this.failedCommands = failedCommands;
        this.transcript = transcript;
        this.listener = listener;
        int last = commands.size() - 1;
        while (last >= 0 && commands.get(last).expectation().isEmpty()) {
            last--;
        }
        this.lastExpecting = last;
    }

    void start() {
        next();
    }

    /** The turn that is out, or {@code null}. */
    Turn turn() {
        return turn;
    }

    /** Ends it; nobody is told. */
    void abandon() {
        over = true;
        cancelStepTimer();
    }

    /**
     * The probe's time is over: the step may say its last word.
     *
     * @return whether there is anything to wait for
     */
    boolean timeOver() {
        lastWord = true;
        if (turn == null && step != null && !writing) {
            examine(Cause.TIMEOUT);
            return true;
        }
        return false;
    }

    private void next() {
        cancelStepTimer();
        step = null;
        stepTimeOver = false;
        index++;
        if (index == commands.size()) {
            over = true;
            listener.passed();
            return;
        }
        CheckPlan.Command command = commands.get(index);
        transcript.begin(command.name(), command.expectation());
        if (lastWord) {
            fail("the time was over before " + command.name(), -1);
            return;
        }
        if (failedCommands.contains(command)) {
            fail("command " + command.name() + " has failed: it did not come back from an earlier probe", -1);
            return;
        }
        if (!command.timeout().isZero()) {
            stepTimer = channel.eventLoop().schedule(this::stepTimeOver, command.timeout().toNanos(), TimeUnit.NANOSECONDS);
        }
        send(null, Cause.BYTES);
    }

    private void stepTimeOver() {
        stepTimeOver = true;
        if (turn == null && step != null && !writing) {
            examine(Cause.TIMEOUT);
        }
    }

    private void examine(Cause cause) {
        send(step, cause);
    }

    private void send(Step to, Cause cause) {
        Turn[] own = new Turn[1];
        own[0] = new Turn(commands.get(index), to, unread.show(), cause, pool,
                answer -> onLoop(() -> back(own[0], answer)));
        turn = own[0];
        pool.execute(turn);
    }

    private void onLoop(Runnable task) {
        try {
            channel.eventLoop().execute(task);
        } catch (RejectedExecutionException e) {
            LOG.debug("the gateway is going down: a command came back too late", e);
        }
    }

    private void back(Turn from, Turn.Answer answer) {
        if (over || from != turn) {
            return;
        }
        turn = null;
        if (answer instanceof Turn.Answer.Broken broken) {
            fail(broken.reason(), -1);
        } else if (answer instanceof Turn.Answer.Begun begun) {
            step = begun.step();
            write(begun.opening(), begun.opening());
        } else if (answer instanceof Turn.Answer.Examined examined) {
            examined(from, examined.result());
        }
    }

    private void examined(Turn from, StepResult result) {
        if (result instanceof StepResult.Passed passed) {
            consume(passed.consumed());
            transcript.learnt(passed.facts());
            transcript.passed();
            next();
        } else if (result instanceof StepResult.Failed failed) {
            boolean silent = failed.reason() == null || failed.reason().isBlank();
            fail(silent ? from.command().name() + " failed and did not say why" : failed.reason(), failed.differed());
        } else if (from.cause() != Cause.BYTES) {
            fail(from.command().name() + (result instanceof StepResult.Send ? " wanted to send" : " wanted more")
                    + (from.cause() == Cause.ENDED ? " after the stream had ended" : " after its time was over"), -1);
        } else if (result instanceof StepResult.Send send) {
            consume(send.consumed());
            write(send.bytes(), send.shown().isEmpty() ? send.bytes() : send.shown().getBytes(StandardCharsets.UTF_8));
        } else {
            waitForMore(from.shown());
        }
    }

    private void consume(int count) {
        if (count > 0) {
            boolean wasFull = unread.isFull();
            transcript.received(unread.first(Math.min(count, TranscriptWriter.KEPT)));
            unread.consume(count);
            if (wasFull && !unread.isFull() && !ended) {
                Intake.more(channel);
            }
        }
    }

    /** What happened while the step was looking is told to it now. */
    private void waitForMore(int seen) {
        if (unread.shown() > seen) {
            examine(Cause.BYTES);
        } else if (ended || unread.isFull()) {
            examine(Cause.ENDED);
        } else if (stepTimeOver || lastWord) {
            examine(Cause.TIMEOUT);
        }
    }

    /**
     * @param shown what the transcript shows of it
     */
    private void write(byte[] bytes, byte[] shown) {
        if (bytes.length == 0) {
            examine(Cause.BYTES);
            return;
        }
        transcript.sent(shown);
        writing = true;
        channel.writeAndFlush(Unpooled.wrappedBuffer(bytes)).addListener((ChannelFuture written) -> {
            writing = false;
            if (!over && written.isSuccess()) {
                examine(Cause.BYTES);
            } else if (!over) {
                broken(written.cause());
            }
        });
    }

    /** Once nothing is expected any more, a target that has gone cannot fail its probe. */
    private void broken(Throwable cause) {
        ended = true;
        if (lastExpecting >= 0 && index > lastExpecting) {
            examine(Cause.BYTES);
        } else {
            fail(commands.get(index).name() + " could not be sent: " + cause.getMessage(), -1);
        }
    }

    private void fail(String reason, int differed) {
        over = true;
        cancelStepTimer();
        int before = transcript.receivedSoFar();
        transcript.received(unread.first(TranscriptWriter.KEPT));
        transcript.failed(reason, differed < 0 ? -1 : before + differed);
        listener.failed(reason);
    }

    private void cancelStepTimer() {
        if (stepTimer != null) {
            stepTimer.cancel(false);
            stepTimer = null;
        }
    }

    @Override
    public void received(Side from, ByteBuf bytes) {
        if (over) {
            bytes.release();
        } else {
            unread.add(bytes);
        }
    }

    @Override
    public void receivedAll(Side from) {
        if (over) {
            return;
        }
        if (!unread.isFull()) {
            Intake.more(channel);
        }
        happened();
    }

    @Override
    public void ended(Side from, EndOfStream how) {
        ended = true;
        happened();
    }

    private void happened() {
        if (!over && turn == null && step != null && !writing && unread.shown() > 0) {
            examine(Cause.BYTES);
        } else if (!over && turn == null && step != null && !writing && ended) {
            examine(Cause.ENDED);
        }
    }

    @Override
    public void writabilityChanged(Side side) {
        // one write at a time, and its promise tells
    }

    @Override
    public void endedEarly(Side side) {
        ended(side, EndOfStream.CLEAN);
    }

    @Override
    public void failed(Side side, Throwable cause) {
        ended(side, EndOfStream.TRUNCATED);
    }

    @Override
    public void closed(Side side) {
        ended(side, EndOfStream.TRUNCATED);
    }
}
