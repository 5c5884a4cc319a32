package io.sluice.kernel.relay;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.sluice.kernel.relay.Relay.Side;
import io.sluice.spi.protocol.EndOfStream;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * The kernel's handler at the inner end of a pipeline, behind all layers. Holds back what passed the layers, within a
 * bound, until there is a relay; then feeds the relay.
 */
public final class Tail extends ChannelInboundHandlerAdapter {

    /** The name of this handler in its pipeline. */
    public static final String NAME = "tail";

    private static final String REPLAY = "replay";
    private static final ChannelHandler MARKER = new Marker();

    private final Side side;
    private final Listener listener;
    private final Queue<ByteBuf> held = new ArrayDeque<>(2);
    private int heldBytes;
    private EndOfStream heldEnd;
    private Receiver relay;
    private ChannelHandlerContext context;

    /** Does nothing; its context is the place from which bytes are replayed. */
    @Sharable
    private static final class Marker extends ChannelInboundHandlerAdapter {
    }

    /** What a tail reports besides bytes. All calls on the event loop. */
    public interface Listener {

        /** The stream ended, and there is no relay yet. */
        void endedEarly(Side side);

        /** The socket failed, or a handler threw. */
        void failed(Side side, Throwable cause);

        /** The channel is closed. */
        void closed(Side side);
    }

    public Tail(Side side, Listener listener) {
        this.side = side;
        this.listener = listener;
    }

    /** Adds a handler of a layer in front of the tail; what was held passes through it. */
    public void addLayer(ChannelHandler handler) {
        ChannelPipeline pipeline = context.pipeline();
        if (held.isEmpty() && heldEnd == null) {
            pipeline.addBefore(NAME, null, handler);
            return;
        }
        pipeline.addBefore(NAME, REPLAY, MARKER);
        pipeline.addBefore(NAME, null, handler);
        ChannelHandlerContext from = pipeline.context(REPLAY);
        Queue<ByteBuf> bytes = new ArrayDeque<>(held);
        EndOfStream end = heldEnd;
        held.clear();
        heldBytes = 0;
        heldEnd = null;
        bytes.forEach(from::fireChannelRead);
        from.fireChannelReadComplete();
        if (end != null) {
            from.fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
        }
        pipeline.remove(REPLAY);
    }

    /** Whether the stream has ended before there was a relay. */
    public boolean hasEnded() {
        return heldEnd != null;
    }

    /** Hands what was held, and everything to come, to a relay, or to a probe. */
    public void attach(Receiver to) {
        relay = to;
        for (ByteBuf bytes = held.poll(); bytes != null; bytes = held.poll()) {
            relay.received(side, bytes);
        }
        heldBytes = 0;
        // a channel whose input has ended must not be asked for more
        if (heldEnd != null) {
            relay.ended(side, heldEnd);
        } else {
            relay.receivedAll(side);
        }
    }

    /** Drops what is held, and all that still comes. */
    public void discard() {
        held.forEach(ByteBuf::release);
        held.clear();
        heldBytes = 0;
        relay = Discarding.RELAY;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        if (relay != null) {
            relay.received(side, bytes);
        } else {
            held.add(bytes);
            heldBytes += bytes.readableBytes();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (relay != null) {
            relay.receivedAll(side);
        } else if (!Intake.isFull(heldBytes)) {
            Intake.more(ctx.channel());
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof EndOfStream end) {
            ended(end);
        } else if (event instanceof ChannelInputShutdownEvent) {
            ended(EndOfStream.CLEAN);
        }
    }

    private void ended(EndOfStream how) {
        if (relay != null) {
            relay.ended(side, how);
        } else if (heldEnd == null) {
            heldEnd = how;
            listener.endedEarly(side);
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (relay != null) {
            relay.writabilityChanged(side);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        listener.failed(side, cause);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        listener.closed(side);
    }
}
