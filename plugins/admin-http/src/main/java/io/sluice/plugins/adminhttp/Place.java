package io.sluice.plugins.adminhttp;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import java.io.IOException;

/** Somewhere to listen. Used by the server's event loop only. */
interface Place {

    /**
     * Begins to listen. Where that fails nothing is left behind, and it may be tried again.
     *
     * @param clients prepares who comes; has no channel and no options of its own yet
     */
    ChannelFuture open(ServerBootstrap clients) throws IOException;

    /** Says that it is open. */
    void opened(Channel listening);

    /** Says that it is not. */
    void failed(Throwable cause);

    /** Whether what was opened may become unreachable while it listens, so {@link #isReachable} is to be asked. */
    default boolean mayVanish() {
        return false;
    }

    /** Whether clients still get to what was opened. */
    default boolean isReachable() {
        return true;
    }

    /** Listens no more, for good. */
    default ChannelFuture close(Channel listening) {
        return listening.close();
    }
}
