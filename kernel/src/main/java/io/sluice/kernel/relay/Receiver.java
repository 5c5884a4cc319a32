package io.sluice.kernel.relay;

import io.netty.buffer.ByteBuf;
import io.sluice.kernel.relay.Relay.Side;
import io.sluice.spi.protocol.EndOfStream;

/** Takes what comes out of the inner end of a pipeline. All methods are called on the channel's event loop. */
public interface Receiver {

    /** Bytes arrived; ownership passes to the receiver. */
    void received(Side from, ByteBuf bytes);

    /** All that could be read at once was received. */
    void receivedAll(Side from);

    /** A side's stream has ended. */
    void ended(Side from, EndOfStream how);

    /** A side can be written to again, or cannot for now. */
    void writabilityChanged(Side side);
}
