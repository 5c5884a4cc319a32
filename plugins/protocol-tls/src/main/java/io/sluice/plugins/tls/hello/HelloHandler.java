package io.sluice.plugins.tls.hello;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.Optional;

/**
 * Waits for a client's ClientHello and holds back all that the client sends until someone has decided what to do with it.
 * When it is removed, it fires everything onwards as it came, from the first byte.
 */
public final class HelloHandler extends ChannelInboundHandlerAdapter {

    /** What waits grows in steps of this size: by doubling, clients that never finish would cost twice what they sent. */
    private static final int STEP = 512;

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
        held = held == null ? bytes : join(held, bytes, context.alloc());
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

    private static ByteBuf join(ByteBuf first, ByteBuf second, ByteBufAllocator allocator) {
        ByteBuf all = first;
        if (first.writableBytes() < second.readableBytes()) {
            int length = first.readableBytes() + second.readableBytes();
            all = allocator.buffer((length + STEP - 1) / STEP * STEP).writeBytes(first);
            first.release();
        }
        all.writeBytes(second);
        second.release();
        return all;
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
