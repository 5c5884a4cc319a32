package io.sluice.kernel.relay;

import io.sluice.spi.connection.CloseReason;

/**
 * Moves bytes between a client's channel and a target's until both directions have ended. Two half-duplex directions,
 * each with its own end; the relay is done when both are.
 *
 * <p>All methods are called on the event loop that both channels share. The kernel's handler at the inner end of each
 * pipeline feeds it; a relay that takes the sockets over itself is fed no more.
 */
public interface Relay extends Receiver {

    /** One of the two ends of a relay. */
    enum Side {
        CLIENT, UPSTREAM;

        /** The opposite side. */
        public Side other() {
            return this == CLIENT ? UPSTREAM : CLIENT;
        }
    }

    /** Bytes that came from a side and were handed to the other side's channel. */
    long bytes(Side from);

    /** {@link System#nanoTime} of the last event. */
    long lastActivity();

    /** Whether one of the directions has ended. */
    boolean isHalfClosed();

    /**
     * Is told that a side's channel is closed. Answers whether the stream that came from there had ended before and is still
     * being delivered: then {@link Listener#relayed} follows, and nobody takes what still comes for that side.
     */
    boolean gone(Side side);

    /** Who is told how it ended. */
    interface Listener {

        /**
         * Both directions have ended and everything was delivered. Called once.
         *
         * @param reason how: {@code COMPLETED}, {@code TRUNCATED} or {@code PEER_CLOSED_TLS}
         */
        void relayed(CloseReason reason);

        /** The end of a direction could not be delivered to a side: its socket takes nothing any more. */
        void failed(Side to, Throwable cause);
    }
}
