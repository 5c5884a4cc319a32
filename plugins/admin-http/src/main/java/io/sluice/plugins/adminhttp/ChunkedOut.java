package io.sluice.plugins.adminhttp;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/** Writes an answer in chunks; waits for a client that reads slowly, and gives up on one that reads nothing. */
final class ChunkedOut extends OutputStream {

    private final ChannelHandlerContext context;
    private final long patienceMillis;
    private boolean closed;

    ChunkedOut(ChannelHandlerContext context, Duration patience) {
        this.context = context;
        this.patienceMillis = patience.isZero() ? Long.MAX_VALUE : patience.toMillis();
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        if (length > 0) {
            await(context.writeAndFlush(new DefaultHttpContent(
                    Unpooled.wrappedBuffer(Arrays.copyOfRange(bytes, from, from + length)))));
        }
    }

    private void await(ChannelFuture written) throws IOException {
        try {
            if (!written.await(patienceMillis, TimeUnit.MILLISECONDS)) {
                context.close();
                throw new IOException("the client reads nothing");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the server ends");
        }
        if (!written.isSuccess()) {
            throw new IOException("the client has gone", written.cause());
        }
    }

    @Override
    public void close() throws IOException {
        if (!closed) {
            closed = true;
            await(context.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT));
            context.close();
        }
    }
}
