package io.sluice.kernel.relay;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.sluice.spi.protocol.EndOfStream;

/**
 * Ends a channel's output: {@link EndOfStream} travels outwards through the layers behind all bytes, and here, outside of
 * them, becomes a FIN. Added to a pipeline only when the end has come, so a connection that flows does not pay for it.
 */
@Sharable
final class OutputEnd extends ChannelOutboundHandlerAdapter {

    private static final OutputEnd HANDLER = new OutputEnd();

    private OutputEnd() {
    }

    /** Ends the output; done when the FIN is out. */
    static ChannelFuture write(Channel channel, EndOfStream how) {
        if (channel.pipeline().context(HANDLER) == null) {
            channel.pipeline().addFirst(HANDLER);
        }
        return channel.writeAndFlush(how);
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (!(message instanceof EndOfStream)) {
            context.write(message, promise);
            return;
        }
        // shutdownOutput fails what still waits to be written, so it has to wait for it
        context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener((ChannelFuture written) -> {
            if (written.isSuccess()) {
                ((DuplexChannel) context.channel()).shutdownOutput(promise);
            } else {
                promise.setFailure(written.cause());
            }
        });
    }
}
