package io.sluice.testing.commands;

import io.sluice.spi.health.PreparedCommand;
import io.sluice.spi.health.Step;
import io.sluice.spi.health.Step.Cause;
import io.sluice.spi.health.StepResult;
import io.sluice.spi.health.StepResult.Failed;
import io.sluice.spi.health.StepResult.Passed;
import io.sluice.spi.health.StepResult.Send;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Runs a health command as the gateway does, against a target that exists on paper only: a list of answers. Text is
 * ISO 8859-1, a character for each byte.
 */
public final class Rehearsal {

    private static final int MOST_UNREAD = 64 * 1024;
    private static final int MOST_SENDS = 100;
    private static final int ALL_AT_ONCE = Integer.MAX_VALUE;

    /** So many bytes are still cut at every offset; longer ones at some. */
    private static final int SHORT = 1500;

    private final PreparedCommand command;
    private final List<byte[]> answers;

    private Rehearsal(PreparedCommand command, List<byte[]> answers) {
        this.command = command;
        this.answers = answers;
    }

    /**
     * A command and what its target will say.
     *
     * @param answers the first comes after the step's opening, each further one after the step has sent something
     */
    public static Rehearsal of(PreparedCommand command, String... answers) {
        return new Rehearsal(command, Arrays.stream(answers)
                .map(answer -> answer.getBytes(StandardCharsets.ISO_8859_1)).toList());
    }

    /**
     * What came of it.
     *
     * @param result the step's last word
     * @param sent   what it sent, the opening first, if any
     * @param shown  what a transcript shows of it
     */
    public record Outcome(StepResult result, List<String> sent, List<String> shown) {

        /** Why it failed; {@code null} if it did not. */
        public String reason() {
            return result instanceof Failed failed ? failed.reason() : null;
        }
    }

    /** Delivers each answer whole: for a step that sends something else each time. */
    public Outcome whole(Cause last) {
        return run(ALL_AT_ONCE, ALL_AT_ONCE, last);
    }

    /**
     * Delivers the answers whole, byte by byte, and cut at every offset.
     *
     * @param last what is said when all is delivered and the step wants more
     * @return the outcome, which was the same every time
     * @throws AssertionError if it depended on how the bytes arrived
     */
    public Outcome everyWay(Cause last) {
        Outcome whole = whole(last);
        int size = answers.stream().mapToInt(answer -> answer.length).sum();
        int piece = size <= SHORT ? 1 : 1 + size / 200;
        same(whole, run(piece, piece, last), "in pieces of " + piece);
        for (int cut = piece; cut < size; cut += piece) {
            same(whole, run(cut, ALL_AT_ONCE, last), "cut at " + cut);
        }
        return whole;
    }

    private static void same(Outcome whole, Outcome other, String way) {
        if (!whole.equals(other)) {
            throw new AssertionError("whole: " + whole + "\n" + way + ": " + other);
        }
    }

    /** Delivers so many bytes first, and then so many each time. */
    private Outcome run(int first, int then, Cause last) {
        Step step = command.begin();
        List<String> sent = new ArrayList<>();
        List<String> shown = new ArrayList<>();
        if (step.opening().length > 0) {
            sent.add(text(step.opening()));
            shown.add(sent.get(0));
        }
        Wire wire = new Wire(first, then);
        Cause cause = Cause.BYTES;
        while (true) {
            StepResult result = step.examine(wire.unread(), cause);
            if (result instanceof Send send && cause == Cause.BYTES) {
                if (sent.size() == MOST_SENDS) {
                    throw new AssertionError("the step sends without end: " + text(send.bytes()));
                }
                sent.add(text(send.bytes()));
                shown.add(send.shown().isEmpty() ? text(send.bytes()) : send.shown());
                wire.next(send.consumed());
            } else if (result instanceof StepResult.NeedMore && cause == Cause.BYTES) {
                boolean more = wire.deliver();
                cause = wire.unread.length >= MOST_UNREAD ? Cause.ENDED : more ? Cause.BYTES : last;
            } else {
                wire.consume(result instanceof Passed passed ? passed.consumed() : 0);
                return new Outcome(result, sent, shown);
            }
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** What is on its way, and what has come. */
    private final class Wire {

        private final int then;
        private int piece;
        private int turn = -1;
        private byte[] coming = {};
        private byte[] unread = {};

        Wire(int first, int then) {
            this.piece = first;
            this.then = then;
            next(0);
        }

        /** The target speaks again. */
        void next(int consumed) {
            consume(consumed);
            turn++;
            if (turn < answers.size()) {
                coming = joined(coming, answers.get(turn));
            }
            if (piece == ALL_AT_ONCE) {
                deliver();
            }
        }

        void consume(int consumed) {
            if (consumed < 0 || consumed > unread.length) {
                throw new AssertionError(consumed + " bytes used up (expected: at most " + unread.length + ")");
            }
            unread = Arrays.copyOfRange(unread, consumed, unread.length);
        }

        /** Whether there was anything left to deliver. */
        boolean deliver() {
            int size = Math.min(Math.min(piece, coming.length), MOST_UNREAD - unread.length);
            piece = then;
            unread = joined(unread, Arrays.copyOf(coming, size));
            coming = Arrays.copyOfRange(coming, size, coming.length);
            return size > 0;
        }

        /** Read-only, and not at the start of its array, as the gateway's may be. */
        ByteBuffer unread() {
            byte[] larger = joined(new byte[3], unread);
            return ByteBuffer.wrap(larger, 3, unread.length).asReadOnlyBuffer();
        }

        private static byte[] joined(byte[] one, byte[] other) {
            byte[] both = Arrays.copyOf(one, one.length + other.length);
            System.arraycopy(other, 0, both, one.length, other.length);
            return both;
        }
    }
}
