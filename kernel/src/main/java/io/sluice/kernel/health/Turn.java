package io.sluice.kernel.health;

import io.sluice.kernel.plan.CheckPlan;
import io.sluice.spi.health.Step;
import io.sluice.spi.health.Step.Cause;
import io.sluice.spi.health.StepResult;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/**
 * One call into a command of a plugin: to begin, or to examine what has come. Runs on a thread of the {@link StepPool};
 * whatever goes wrong in there comes back as an answer.
 */
final class Turn implements Runnable {

    static final int MOST_SENT = 1 << 20;

    private final CheckPlan.Command command;
    private final Step step;
    private final ByteBuffer unread;
    private final int shown;
    private final Cause cause;
    private final StepPool pool;
    private final Consumer<Answer> told;
    private volatile StepPool.Place place;
    private volatile boolean back;

    /** What came of it. */
    sealed interface Answer {

        /** A step has begun; its opening is to be sent, if there is one. */
        record Begun(Step step, byte[] opening) implements Answer {
        }

        /** A step has examined. */
        record Examined(StepResult result) implements Answer {
        }

        /** It threw, or answered nonsense. */
        record Broken(String reason) implements Answer {
        }
    }

    /**
     * @param step   {@code null} to begin one
     * @param unread what it may look at
     * @param told   takes the answer, on the pool's thread
     */
    Turn(CheckPlan.Command command, Step step, ByteBuffer unread, Cause cause, StepPool pool, Consumer<Answer> told) {
        this.command = command;
        this.step = step;
        this.unread = unread;
        this.shown = unread.limit();
        this.cause = cause;
        this.pool = pool;
        this.told = told;
    }

    CheckPlan.Command command() {
        return command;
    }

    Cause cause() {
        return cause;
    }

    /** How many bytes it was shown. */
    int shown() {
        return shown;
    }

    boolean hasBegun() {
        return place != null;
    }

    boolean isBack() {
        return back;
    }

    /** Gives its thread up. */
    void abandon() {
        place.replace();
    }

    @Override
    public void run() {
        place = pool.current();
        Answer answer;
        try {
            answer = step == null ? begin() : examine();
        } catch (Throwable e) {
            answer = new Answer.Broken(command.name() + " failed: " + e);
        }
        back = true;
        told.accept(answer);
    }

    private Answer begin() {
        Step begun = command.prepared().begin();
        if (begun == null) {
            return nonsense("begin() answered null");
        }
        byte[] opening = begun.opening();
        if (opening == null || opening.length > MOST_SENT) {
            return nonsense("opening() answered " + length(opening) + " (expected: at most 1 MiB)");
        }
        return new Answer.Begun(begun, opening);
    }

    private Answer examine() {
        StepResult result = step.examine(unread, cause);
        if (result == null) {
            return nonsense("examine() answered null");
        }
        int consumed = result instanceof StepResult.Passed passed ? passed.consumed()
                : result instanceof StepResult.Send send ? send.consumed() : 0;
        if (consumed < 0 || consumed > shown) {
            return nonsense("it consumed " + consumed + " of " + shown + " bytes");
        }
        if (result instanceof StepResult.Send send && send.bytes().length > MOST_SENT) {
            return nonsense("it wants to send " + send.bytes().length + " bytes (expected: at most 1 MiB)");
        }
        return new Answer.Examined(result);
    }

    private Answer nonsense(String what) {
        return new Answer.Broken(command.name() + " answered nonsense: " + what);
    }

    private static String length(byte[] bytes) {
        return bytes == null ? "null" : bytes.length + " bytes";
    }
}
