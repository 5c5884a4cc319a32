package com.example.linegate;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.sluice.spi.connection.CloseReason;
import io.sluice.spi.connection.Refusal;
import io.sluice.spi.protocol.ClientConnection;
import java.security.MessageDigest;

/**
 * Waits for one connection's greeting, then removes itself.
 *
 * <p>It is no {@code SimpleChannelInboundHandler}: that one's type matcher remembers the class on every event-loop thread,
 * and the plugin could never be unloaded.
 */
final class LineGateHandler extends ChannelInboundHandlerAdapter {

    /** A client that has not ended its line by then is not going to. */
    static final int LONGEST_LINE = 256;

    private enum State { WAITING, OPEN, REFUSED }

    private final ClientConnection connection;
    private final byte[] greeting;
    private ByteBuf held;
    private State state = State.WAITING;

    LineGateHandler(ClientConnection connection, byte[] greeting) {
        this.connection = connection;
        this.greeting = greeting;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        held = context.alloc().buffer(LONGEST_LINE);
    }

    /** Holds less than a line and one read at most, whatever a client sends. */
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        try {
            if (state == State.WAITING) {
                held.writeBytes(bytes);
            }
        } finally {
            bytes.release();
        }
        if (state == State.WAITING) {
            look(context);
        }
    }

    private void look(ChannelHandlerContext context) {
        int end = held.indexOf(0, Math.min(held.writerIndex(), LONGEST_LINE), (byte) '\n');
        if (end < 0) {
            if (held.writerIndex() >= LONGEST_LINE) {
                refuse(CloseReason.BAD_PREAMBLE, "no line feed within " + LONGEST_LINE + " bytes");
            }
            return;
        }
        byte[] line = new byte[end];
        held.readBytes(line).skipBytes(1);
        if (!MessageDigest.isEqual(line, greeting)) {
            refuse(CloseReason.ACCESS_DENIED, "the first line is not the greeting");
            return;
        }
        state = State.OPEN;
        connection.proceed();
        context.pipeline().remove(this);
    }

    /** May close the channel before it returns, which removes this handler: nothing is touched afterwards. */
    private void refuse(CloseReason reason, String detail) {
        state = State.REFUSED;
        connection.refuse(new Refusal(reason, detail));
    }

    /** What came behind the line belongs to the next layer; ownership passes with it. */
    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        ByteBuf rest = held;
        held = null;
        if (state == State.OPEN && rest.isReadable()) {
            context.fireChannelRead(rest);
            context.fireChannelReadComplete();
        } else {
            rest.release();
        }
    }
}
