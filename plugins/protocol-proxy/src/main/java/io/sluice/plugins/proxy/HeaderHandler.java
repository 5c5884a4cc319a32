package io.sluice.plugins.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.sluice.spi.connection.CloseReason;
import io.sluice.spi.connection.PresentedClient;
import io.sluice.spi.connection.Refusal;
import io.sluice.spi.protocol.ClientConnection;

/**
 * Reads one header from the beginning of a connection, tells the kernel, and leaves. Holds at most the header and what
 * came with it in one read.
 */
final class HeaderHandler extends ChannelInboundHandlerAdapter {

    private final ReceiveConfig config;
    private final boolean trusted;
    private final ClientConnection connection;
    private ByteBuf held;
    private boolean done;

    /**
     * @param trusted whether this sender may send a header
     */
    HeaderHandler(ReceiveConfig config, boolean trusted, ClientConnection connection) {
        this.config = config;
        this.trusted = trusted;
        this.connection = connection;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        if (done) {
            context.fireChannelRead(bytes);
            return;
        }
        if (held == null) {
            held = bytes;
        } else {
            // ownership of the small pieces ends here: they are copied together
            ByteBuf together = context.alloc().buffer(held.readableBytes() + bytes.readableBytes());
            together.writeBytes(held).writeBytes(bytes);
            held.release();
            bytes.release();
            held = together;
        }
        decide(context, HeaderParser.parse(held));
    }

    private void decide(ChannelHandlerContext context, Header header) {
        if (header instanceof Header.Complete complete) {
            accept(context, complete);
        } else if (header instanceof Header.Bad bad) {
            if (config.mode() == ReceiveConfig.Mode.OPTIONAL && !bad.begun()) {
                proceed(context);
            } else {
                refuse(CloseReason.BAD_PREAMBLE, bad.reason());
            }
        }
    }

    private void accept(ChannelHandlerContext context, Header.Complete header) {
        if (!trusted) {
            refuse(CloseReason.UNTRUSTED_PROXY, "a PROXY header from an address that is not trusted");
        } else if (!config.accepts(header.version())) {
            refuse(CloseReason.BAD_PREAMBLE, "a header of version " + (header.version().ordinal() + 1)
                    + " (expected: one of the versions that proxy_protocol.versions lists)");
        } else {
            header.addresses().ifPresent(addresses -> connection.learn(connection.facts()
                    .with(new PresentedClient(addresses.source(), addresses.destination()))));
            held.skipBytes(header.length());
            proceed(context);
        }
    }

    private void refuse(CloseReason reason, String detail) {
        done = true;
        releaseHeld();
        connection.refuse(new Refusal(reason, detail));
    }

    private void proceed(ChannelHandlerContext context) {
        done = true;
        connection.proceed();
        context.pipeline().remove(this);
    }

    /** What is left behind the header goes to the next layer, which is there by now. */
    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        ByteBuf rest = held;
        held = null;
        if (rest == null) {
            return;
        }
        if (rest.isReadable()) {
            context.fireChannelRead(rest);
            context.fireChannelReadComplete();
        } else {
            rest.release();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        releaseHeld();
        context.fireChannelInactive();
    }

    private void releaseHeld() {
        if (held != null) {
            held.release();
            held = null;
        }
    }
}
