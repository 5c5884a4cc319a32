package io.sluice.spi.protocol;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.sluice.spi.connection.ClientFacts;
import io.sluice.spi.connection.Refusal;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A client's connection while its layers open. All methods must be called on the channel's event loop.
 *
 * <p>Reading is the kernel's business: it goes on reading while layers are open, and stops when 64 KiB have piled up
 * behind them. A layer never calls {@code setAutoRead} and never closes the channel; it refuses.
 *
 * @since 1.0
 */
@ProviderType
public interface ClientConnection {

    /** The accepted channel. For allocators, the event loop and writing; handlers are added with {@link #add}. */
    Channel channel();

    /** What is known so far. */
    ClientFacts facts();

    /** Replaces what is known; the next layer and the router see it. */
    void learn(ClientFacts facts);

    /**
     * Adds a handler inside all handlers of this connection's layers so far. Bytes that had already arrived for this
     * layer pass through it. A handler that has done its work calls {@link #proceed} and then removes itself; what it
     * still holds it fires onwards while it is being removed, and the next layer receives it.
     */
    void add(ChannelHandler handler);

    /**
     * Decides the service from what is known now, for a layer that needs it early (to choose a certificate). The
     * decision stands: the router is not asked again.
     */
    Routing route();

    /** This layer is done: the next one opens, or the connection is routed, admitted and connected. */
    void proceed();

    /**
     * Ends the connection. What the layer wrote before (an alert, say) is flushed first.
     *
     * @param refusal why, for the access record
     */
    void refuse(Refusal refusal);
}
