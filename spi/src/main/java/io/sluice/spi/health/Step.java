package io.sluice.spi.health;

import java.nio.ByteBuffer;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * One run of one command: a small state machine without I/O.
 *
 * <p>The kernel writes {@link #opening()}, waits until it is written, then calls {@link #examine} at once with what is
 * unread (perhaps nothing), and again each time that bytes arrive, the stream ends or the time is over, until the
 * answer is neither {@link StepResult.NeedMore} nor {@link StepResult.Send}. After a {@code Send} it does the same with
 * those bytes: writes them, and calls {@code examine} at once.
 *
 * <p><b>Thread.</b> A probe thread; one call at a time; never an event loop. Must not block; a step that is not back at
 * the probe's deadline fails the probe, and the command is {@code FAILED} until its jar changes.<br>
 * <b>On failure.</b> An exception fails the probe with the command's name.
 *
 * @since 1.0
 */
@ConsumerType
public interface Step {

    /**
     * Bytes to send before anything is examined; empty for none. Called once. They stand in the transcript; a step that
     * begins with a secret opens with nothing, and answers its first look with a {@link StepResult.Send} that says what
     * to show instead.
     */
    default byte[] opening() {
        return new byte[0];
    }

    /**
     * Looks at what the target has sent.
     *
     * @param unread all bytes received and not consumed by an earlier step, at most 64 KiB; read-only; valid during the
     *               call only
     * @param cause  why this is called now
     * @return what to do next; {@code NeedMore} and {@code Send} after {@link Cause#ENDED} or {@link Cause#TIMEOUT} fail
     *         the probe
     */
    StepResult examine(ByteBuffer unread, Cause cause);

    /** Why {@link #examine} is called. */
    enum Cause {
        /** The step begins, or bytes arrived. */
        BYTES,
        /** The target ended the stream, or 64 KiB are unread: nothing more will come. */
        ENDED,
        /** The step's or the probe's time is over. */
        TIMEOUT
    }
}
