package io.sluice.kernel.relay;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.sluice.spi.connection.CloseReason;
import io.sluice.spi.protocol.EndOfStream;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NotYetConnectedException;

/**
 * Relays through buffers in this process: what is read from one channel is written to the other, and no more is read
 * while it cannot be written.
 */
public final class BufferRelay implements Relay {

    private final Direction upstreamward;
    private final Direction clientward;
    private final Listener listener;
    private long lastActivity = System.nanoTime();
    private CloseReason reason = CloseReason.COMPLETED;

    /** One direction. */
    private static final class Direction {

        private final Channel from;
        private final Channel to;
        private long bytes;
        private boolean ended;
        private boolean finished;
        private boolean cut;

        Direction(Channel from, Channel to) {
            this.from = from;
            this.to = to;
        }
    }

    public BufferRelay(Channel client, Channel upstream, Listener listener) {
        this.upstreamward = new Direction(client, upstream);
        this.clientward = new Direction(upstream, client);
        this.listener = listener;
    }

    private Direction from(Side side) {
        return side == Side.CLIENT ? upstreamward : clientward;
    }

    @Override
    public void received(Side from, ByteBuf bytes) {
        Direction direction = from(from);
        if (direction.cut) {
            bytes.release();
            return;
        }
        direction.bytes += bytes.readableBytes();
        direction.to.write(bytes, direction.to.voidPromise());
    }

    @Override
    public void receivedAll(Side from) {
        Direction direction = from(from);
        lastActivity = System.nanoTime();
        direction.to.flush();
        if (!direction.ended && direction.to.isWritable()) {
            Intake.more(direction.from);
        }
    }

    @Override
    public void writabilityChanged(Side side) {
        Direction direction = from(side.other());
        lastActivity = System.nanoTime();
        if (!direction.ended && direction.to.isWritable()) {
            Intake.more(direction.from);
        }
    }

    @Override
    public void ended(Side from, EndOfStream how) {
        Direction direction = from(from);
        if (direction.ended) {
            return;
        }
        direction.ended = true;
        lastActivity = System.nanoTime();
        if (how == EndOfStream.TRUNCATED) {
            reason = CloseReason.TRUNCATED;
        } else if (how == EndOfStream.FINAL) {
            cut(from(from.other()));
        }
        OutputEnd.write(direction.to, how == EndOfStream.FINAL ? EndOfStream.CLEAN : how).addListener((ChannelFuture done) -> {
            if (direction.cut) {
                return;
            }
            direction.finished = true;
            if (!done.isSuccess()) {
                listener.failed(from.other(), asClosed(done.cause()));
            } else if (upstreamward.finished && clientward.finished) {
                listener.relayed(reason);
            }
        });
    }

    /** io_uring says so of a socket that is gone. */
    private static Throwable asClosed(Throwable cause) {
        return cause instanceof NotYetConnectedException ? new ClosedChannelException() : cause;
    }

    @Override
    public boolean gone(Side side) {
        Direction direction = from(side);
        if (!direction.ended || direction.finished) {
            return false;
        }
        cut(from(side.other()));
        return true;
    }

    /** Nobody takes what still comes in a direction. */
    private void cut(Direction back) {
        if (!back.ended && reason == CloseReason.COMPLETED) {
            reason = CloseReason.PEER_CLOSED_TLS;
        }
        back.ended = true;
        back.finished = true;
        back.cut = true;
    }

    @Override
    public long bytes(Side from) {
        return from(from).bytes;
    }

    @Override
    public long lastActivity() {
        return lastActivity;
    }

    @Override
    public boolean isHalfClosed() {
        return upstreamward.ended || clientward.ended;
    }
}
