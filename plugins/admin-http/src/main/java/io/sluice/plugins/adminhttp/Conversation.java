package io.sluice.plugins.adminhttp;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.ScheduledFuture;
import io.sluice.spi.admin.AdminResponse;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * One client's connection: request, answer, request, answer. What arrives while an answer is being made waits; of what was
 * sent ahead beyond a bound nothing is answered, and the answer before says that it is the last.
 *
 * <p>The patience bounds, each for itself: from the connection to its first whole request, however slowly the bytes trickle;
 * the pause after an answer; from the first byte after such a pause to the whole request; and an answer that is not read.
 */
final class Conversation extends ChannelInboundHandlerAdapter {

    private static final System.Logger LOG = System.getLogger(Conversation.class.getName());
    private static final int MOST_WAITING = 100;
    private static final long LINGER_MILLIS = 2000;

    private final Reception reception;
    private final Workers workers;
    private final Duration patience;
    private final Deque<Object> waiting = new ArrayDeque<>();
    private ScheduledFuture<?> deadline;
    private boolean busy;
    private boolean pausing;
    private boolean streaming;
    private boolean hasAskedAll;
    private HttpVersion version = HttpVersion.HTTP_1_1;
    private boolean tooMany;
    private boolean leaving;

    Conversation(Reception reception, Workers workers, Duration patience) {
        this.reception = reception;
        this.workers = workers;
        this.patience = patience;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        expect(context);
    }

    /** From now on something has to happen within the patience. */
    private void expect(ChannelHandlerContext context) {
        cancel();
        pausing = false;
        if (!patience.isZero()) {
            deadline = context.executor().schedule(() -> context.close(), patience.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void cancel() {
        if (deadline != null) {
            deadline.cancel(false);
            deadline = null;
        }
    }

    /** Bytes have come, of a request or of a part of it. Event loop. */
    void heard(ChannelHandlerContext context) {
        if (pausing) {
            expect(context);
        }
    }

    /**
     * No more will be asked. What was asked is answered; of who reads a stream, it means that nobody reads it any more. On a
     * UNIX domain socket Netty closes the connection instead.
     */
    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            hasAskedAll = true;
            if (streaming || leaving || !busy) {
                context.close();
            }
        }
        context.fireUserEventTriggered(event);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (leaving || tooMany) {
            ReferenceCountUtil.release(message);
        } else if (busy && waiting.size() == MOST_WAITING) {
            tooMany = true;
            ReferenceCountUtil.release(message);
        } else if (busy) {
            waiting.add(message);
            context.channel().config().setAutoRead(false);
        } else {
            take(context, message);
        }
    }

    private void take(ChannelHandlerContext context, Object message) {
        busy = true;
        cancel();
        if (message instanceof WholeRequest.TooLarge large) {
            answer(context, large.head().method(), reception.tooLarge(), false);
            return;
        }
        FullHttpRequest request = (FullHttpRequest) message;
        try {
            Throwable bad = request.decoderResult().cause();
            if (bad != null) {
                answer(context, request.method(), refusal(request, bad), false);
                return;
            }
            if (request.protocolVersion().majorVersion() != 1) {
                answer(context, request.method(), reception.otherVersion(), false);
                return;
            }
            if (request.headers().contains(HttpHeaderNames.TRANSFER_ENCODING)) {
                // "chunked" alone has been undone by now
                answer(context, request.method(), reception.otherCoding(), false);
                return;
            }
            version = request.protocolVersion();
            boolean keepAlive = HttpUtil.isKeepAlive(request);
            HttpMethod method = request.method();
            Reception.Arrived arrived = Reception.Arrived.of(request, ByteBufUtil.getBytes(request.content()));
            if (!workers.answer(() -> {
                AdminResponse response = reception.answer(arrived);
                context.executor().execute(() -> answer(context, method, response, keepAlive));
            })) {
                answer(context, method, reception.busy(), keepAlive);
            }
        } finally {
            request.release();
        }
    }

    private AdminResponse refusal(FullHttpRequest request, Throwable bad) {
        if (bad instanceof WholeRequest.ExpectsMore) {
            return reception.expectsMore();
        }
        if (bad instanceof TooLongHttpHeaderException) {
            return reception.headTooLarge();
        }
        // with headers it is a line between chunks
        return bad instanceof TooLongHttpLineException && request.headers().isEmpty() ? reception.lineTooLong()
                : reception.malformed();
    }

    private void answer(ChannelHandlerContext context, HttpMethod method, AdminResponse response, boolean wanted) {
        if (!context.channel().isActive()) {
            return;
        }
        if (response.body() instanceof AdminResponse.Stream stream) {
            stream(context, method, response, stream);
            return;
        }
        boolean keepAlive = wanted && !((tooMany || hasAskedAll) && waiting.isEmpty());
        byte[] bytes = ((AdminResponse.Content) response.body()).bytes();
        boolean bodiless = method.equals(HttpMethod.HEAD);
        DefaultFullHttpResponse full = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1,
                HttpResponseStatus.valueOf(response.status()), bodiless ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(bytes));
        headers(response, full);
        if (response.status() != HttpResponseStatus.NOT_MODIFIED.code()) {
            full.headers().set(HttpHeaderNames.CONTENT_LENGTH, bytes.length);
        }
        HttpUtil.setKeepAlive(full, keepAlive);
        expect(context);
        context.writeAndFlush(full).addListener(done -> {
            if (keepAlive && done.isSuccess()) {
                next(context);
            } else {
                linger(context);
            }
        });
    }

    /** Closed at once, a connection with unread bytes would be reset, and the answer lost with it. */
    private void linger(ChannelHandlerContext context) {
        leaving = true;
        waiting.forEach(ReferenceCountUtil::release);
        waiting.clear();
        context.channel().config().setAutoRead(true);
        if (context.channel() instanceof DuplexChannel socket) {
            socket.shutdownOutput();
        }
        if (hasAskedAll) {
            // nothing is unread
            context.close();
            return;
        }
        context.executor().schedule(() -> context.close(), LINGER_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void next(ChannelHandlerContext context) {
        busy = false;
        Object message = waiting.poll();
        if (message != null) {
            take(context, message);
        } else if (hasAskedAll) {
            context.close();
        } else {
            expect(context);
            pausing = true;
            context.channel().config().setAutoRead(true);
        }
    }

    private void stream(ChannelHandlerContext context, HttpMethod method, AdminResponse response,
            AdminResponse.Stream stream) {
        HttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(response.status()));
        headers(response, head);
        if (version.isKeepAliveDefault()) {
            head.headers().set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
        }
        head.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        ChunkedOut out = new ChunkedOut(context, patience);
        Optional<Future<?>> taken = method.equals(HttpMethod.HEAD) ? Optional.empty() : workers.stream(() -> {
            try (out) {
                stream.writer().write(out);
            } catch (IOException e) {
                LOG.log(Level.DEBUG, "a stream ended", e);
                context.close();
            } catch (Throwable e) {
                LOG.log(Level.ERROR, "a stream failed", e);
                context.close();
            }
        });
        if (taken.isPresent() || method.equals(HttpMethod.HEAD)) {
            streaming = taken.isPresent();
            // one that only waits for something to write would hold its place until then
            taken.ifPresent(task -> context.channel().closeFuture().addListener(closed -> task.cancel(true)));
            context.writeAndFlush(head).addListener(done -> {
                if (method.equals(HttpMethod.HEAD)) {
                    linger(context);
                }
            });
        } else {
            answer(context, method, reception.busy(), false);
        }
    }

    private static void headers(AdminResponse response, HttpResponse message) {
        response.headers().forEach((name, value) -> message.headers().set(name, value));
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        cancel();
        waiting.forEach(ReferenceCountUtil::release);
        waiting.clear();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        LOG.log(Level.DEBUG, "an operator's connection failed", cause);
        context.close();
    }
}
