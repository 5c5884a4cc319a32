package io.sluice.kernel.listen;

import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;

/** Where a listener's connections come from. */
sealed interface ListeningSocket permits OwnSocket, InheritedSocket {

    /** The event loop that accepts; the other methods are called on it. */
    EventLoop loop();

    /** Begins to hand accepted channels to this handler. May be tried again after it has failed. */
    Future<?> open(ChannelHandler accept);

    /** Accepts no more; done when another listener can have the address. Does nothing where nothing is open. */
    Future<?> close();
}
