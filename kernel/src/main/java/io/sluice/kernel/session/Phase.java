package io.sluice.kernel.session;

import io.netty.channel.Channel;
import io.sluice.kernel.relay.Relay;
import io.sluice.kernel.upstream.Dial;
import io.sluice.kernel.upstream.RunningService;

/**
 * Where a session stands. Its methods are the only legal transitions: opening → connecting → relaying → ended, and from
 * anywhere to ended.
 */
sealed interface Phase {

    /** The end, from any phase. */
    default Ended ended() {
        return new Ended();
    }

    /**
     * The client-side layers open, one after the other.
     *
     * @param layer the index of the one that is open
     */
    record Opening(int layer) implements Phase {

        Opening next() {
            return new Opening(layer + 1);
        }

        Connecting connecting(RunningService service, Dial dial) {
            return new Connecting(service, dial);
        }
    }

    /** The service is known and its policies allow the client; a target is being connected. */
    record Connecting(RunningService service, Dial dial) implements Phase {

        Relaying relaying(Dial.Connected upstream, Relay relay) {
            return new Relaying(upstream, relay, dial.tries());
        }
    }

    /** Bytes flow. */
    record Relaying(Dial.Connected upstream, Relay relay, int tries) implements Phase {

        Channel channel() {
            return upstream.channel();
        }
    }

    /** Everything is closed and accounted for. */
    record Ended() implements Phase {
    }
}
