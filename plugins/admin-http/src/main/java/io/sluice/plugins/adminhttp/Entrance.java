package io.sluice.plugins.adminhttp;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Promise;
import io.netty.util.concurrent.ScheduledFuture;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * One place where the server listens. While it cannot be opened it is tried again after one second, doubling up to thirty;
 * where clients no longer get to it, it is opened anew. Its state belongs to the event loop.
 */
final class Entrance {

    private static final int LONGEST_PAUSE_SECONDS = 30;
    private static final int LOOK_SECONDS = 2;

    private final Place place;
    private final EventLoop loop;
    private final ChannelHandler prepare;
    private final Promise<Void> tried;
    private Channel listening;
    private ScheduledFuture<?> look;
    private boolean closed;

    /**
     * @param prepare prepares who comes; sharable
     */
    Entrance(Place place, EventLoop loop, ChannelHandler prepare) {
        this.place = place;
        this.loop = loop;
        this.prepare = prepare;
        this.tried = loop.newPromise();
    }

    /** When this returns it is open, or it was said why not. */
    void open() {
        loop.execute(() -> open(1));
        tried.awaitUninterruptibly();
    }

    private void open(int pauseSeconds) {
        if (closed) {
            return;
        }
        try {
            place.open(new ServerBootstrap().group(loop).childHandler(prepare)).addListener((ChannelFuture done) -> {
                if (done.isSuccess()) {
                    opened(done.channel());
                } else {
                    failed(done.cause(), pauseSeconds);
                }
            });
        } catch (IOException | RuntimeException | LinkageError e) {
            // whatever it is: somebody waits to be told
            failed(e, pauseSeconds);
        }
    }

    private void opened(Channel channel) {
        listening = channel;
        if (closed) {
            end();
        } else {
            place.opened(channel);
            if (place.mayVanish()) {
                look = loop.scheduleWithFixedDelay(this::look, LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
            }
        }
        tried.trySuccess(null);
    }

    private void failed(Throwable cause, int pauseSeconds) {
        if (!closed) {
            place.failed(cause);
            loop.schedule(() -> open(Math.min(pauseSeconds * 2, LONGEST_PAUSE_SECONDS)), pauseSeconds, TimeUnit.SECONDS);
        }
        tried.trySuccess(null);
    }

    private void look() {
        if (!place.isReachable()) {
            look.cancel(false);
            listening.close().addListener(done -> open(1));
            listening = null;
        }
    }

    private ChannelFuture end() {
        if (look != null) {
            look.cancel(false);
        }
        return place.close(listening);
    }

    /** Listens no more; waits for it at most so long. */
    void close(long millis) {
        Promise<Void> ended = loop.newPromise();
        loop.execute(() -> {
            closed = true;
            if (listening == null) {
                ended.setSuccess(null);
            } else {
                end().addListener(done -> ended.setSuccess(null));
            }
        });
        ended.awaitUninterruptibly(millis);
    }
}
