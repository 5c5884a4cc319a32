package io.sluice.kernel.listen;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.ServerChannel;
import io.netty.util.NetUtil;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import io.sluice.kernel.plan.ListenAddress;
import io.sluice.kernel.upstream.Transport;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/** A socket that the gateway makes, binds and closes by itself. */
final class OwnSocket implements ListeningSocket {

    private final ListenAddress address;
    private final Transport transport;
    private final EventLoop loop;
    private Channel channel;

    OwnSocket(ListenAddress address, Transport transport, EventLoop loop) {
        this.address = address;
        this.transport = transport;
        this.loop = loop;
    }

    @Override
    public EventLoop loop() {
        return loop;
    }

    @Override
    public Future<?> open(ChannelHandler accept) {
        ServerChannel fresh = transport.server().newChannel();
        fresh.config().setOption(ChannelOption.SO_REUSEADDR, true);
        fresh.config().setOption(ChannelOption.SO_BACKLOG, NetUtil.SOMAXCONN);
        fresh.pipeline().addLast(accept);
        Promise<Void> opened = loop.newPromise();
        loop.register(fresh).addListener((ChannelFuture registered) -> {
            if (registered.isSuccess()) {
                fresh.bind(new InetSocketAddress(address.host(), address.port()))
                        .addListener((ChannelFuture bound) -> settle(fresh, bound, opened));
            } else {
                settle(fresh, registered, opened);
            }
        });
        return opened;
    }

    private void settle(Channel fresh, ChannelFuture result, Promise<Void> opened) {
        if (result.isSuccess()) {
            channel = fresh;
            opened.setSuccess(null);
        } else {
            fresh.close();
            opened.setFailure(result.cause());
        }
    }

    @Override
    public Future<?> close() {
        if (channel == null) {
            return loop.newSucceededFuture(null);
        }
        Promise<Void> closed = loop.newPromise();
        // a selector lets go of a closed socket only when it selects again; until then the port is taken
        channel.close().addListener(done -> loop.schedule(() -> closed.setSuccess(null), 1, TimeUnit.MILLISECONDS));
        return closed;
    }

    @Override
    public String toString() {
        return address.toString();
    }
}
