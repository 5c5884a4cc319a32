package io.sluice.plugins.adminhttp;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;

/** Sockets that are bound already. */
final class Bound {

    private Bound() {
    }

    /** Accepts from when there is someone to prepare who comes: the socket would give clients from the first moment. */
    static ChannelFuture register(ServerBootstrap clients) {
        ChannelFuture registered = clients.option(ChannelOption.AUTO_READ, false).register();
        registered.addListener(done -> {
            if (done.isSuccess()) {
                registered.channel().eventLoop().execute(() -> registered.channel().config().setAutoRead(true));
            }
        });
        return registered;
    }
}
