package io.sluice.plugins.tls.hello;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.Optional;

/**
 * Waits for a client's ClientHello and holds back all that the client sends until someone has decided what to do with it.
 * When it is removed, it fires everything onwards as it came, from the first byte.
 */
public final class HelloHandler extends ChannelInboundHandlerAdapter {

    private final Listener listener;
    private final HelloScanner scanner = new HelloScanner();
    private ByteBuf held;
    private boolean decided;

    /** Who is told, once. On the event loop. */
    public interface Listener {

        /**
         * The hello is whole. What decides to go on removes the handler.
         *
         * @param handler the handler, to be removed
         */
        void hello(ClientHello hello, HelloHandler handler);

        /** It will never be one. */
        void refused(BadHello why);
    }

    public HelloHandler(Listener listener) {
        this.listener = listener;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        if (decided) {
            bytes.release();
            return;
        }
        held = held == null ? bytes : ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(context.alloc(), held, bytes);
        try {
            Optional<ClientHello> hello = scanner.scan(held);
            if (hello.isPresent()) {
                decided = true;
                listener.hello(hello.get(), this);
            }
        } catch (BadHello e) {
            decided = true;
            drop();
            listener.refused(e);
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        if (held != null && !context.channel().isActive()) {
            drop();
        } else if (held != null) {
            ByteBuf all = held;
            held = null;
            context.fireChannelRead(all);
            context.fireChannelReadComplete();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        drop();
        context.fireChannelInactive();
    }

    private void drop() {
        if (held != null) {
            held.release();
            held = null;
        }
    }
}
