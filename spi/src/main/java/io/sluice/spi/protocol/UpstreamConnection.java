package io.sluice.spi.protocol;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.sluice.spi.connection.ClientFacts;
import io.sluice.spi.connection.TargetAddress;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A connection to a target while its layers open. All methods must be called on the channel's event loop.
 *
 * @since 1.0
 */
@ProviderType
public interface UpstreamConnection {

    /** The connected channel. For allocators, the event loop and writing; handlers are added with {@link #add}. */
    Channel channel();

    /** The target that was chosen, by the name that the definition gives it. */
    TargetAddress target();

    /** The client whose connection this is; empty for a health probe. */
    Optional<ClientFacts> client();

    /** The connection's id as in its access record; for a probe an id of its own. */
    String id();

    /** Adds a handler inside all handlers of this connection's layers so far. */
    void add(ChannelHandler handler);

    /** This layer is done: the next one opens, or the relay starts. */
    void proceed();

    /**
     * This try has failed; the channel is closed and the next target is tried.
     *
     * @param reason one sentence for people, bounded, without secrets or unescaped bytes of the peer
     */
    void fail(String reason);
}
