package io.sluice.kernel.relay;

import io.netty.buffer.ByteBuf;
import io.sluice.kernel.relay.Relay.Side;
import io.sluice.spi.protocol.EndOfStream;

/** What a connection that has ended does with what still comes. */
final class Discarding implements Receiver {

    static final Receiver RELAY = new Discarding();

    private Discarding() {
    }

    @Override
    public void received(Side from, ByteBuf bytes) {
        bytes.release();
    }

    @Override
    public void receivedAll(Side from) {
        // nothing was kept, and nothing more is asked for
    }

    @Override
    public void ended(Side from, EndOfStream how) {
        // both sides have ended already
    }

    @Override
    public void writabilityChanged(Side side) {
        // nothing waits to be written
    }
}
