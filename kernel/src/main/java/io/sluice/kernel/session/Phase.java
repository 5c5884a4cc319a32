package io.sluice.kernel.session;

import io.netty.channel.Channel;
import io.sluice.kernel.relay.Relay;
import io.sluice.kernel.relay.Relay.Side;
import io.sluice.kernel.upstream.Dial;
import io.sluice.kernel.upstream.LiveTarget;
import io.sluice.kernel.upstream.RunningService;
import io.sluice.spi.observer.ConnectionSummary.Traffic;
import java.util.Optional;

/**
 * Where a session stands. Its methods are the only legal transitions: opening → connecting → relaying → ended, and from
 * anywhere to ended.
 */
sealed interface Phase {

    /** The end, from any phase. */
    default Ended ended() {
        return new Ended();
    }

    /** Lets go of what the phase holds on the upstream side; answers what came of it. Once, at the end. */
    default Outcome letGo() {
        return Outcome.NONE;
    }

    /** What was relayed so far. Any thread, so perhaps a moment old. */
    default Traffic traffic() {
        return Outcome.NONE.traffic();
    }

    /**
     * What a session has come to.
     *
     * @param target  where it was connected
     * @param traffic what was relayed
     * @param tries   how many targets were tried
     */
    record Outcome(Optional<LiveTarget> target, Traffic traffic, int tries) {

        static final Outcome NONE = new Outcome(Optional.empty(), new Traffic(0, 0), 0);
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

        @Override
        public Outcome letGo() {
            dial.cancel();
            return new Outcome(Optional.empty(), Outcome.NONE.traffic(), dial.tries());
        }
    }

    /** Bytes flow. */
    record Relaying(Dial.Connected upstream, Relay relay, int tries) implements Phase {

        Channel channel() {
            return upstream.channel();
        }

        @Override
        public Traffic traffic() {
            return new Traffic(relay.bytes(Side.CLIENT), relay.bytes(Side.UPSTREAM));
        }

        @Override
        public Outcome letGo() {
            Outcome outcome = new Outcome(Optional.of(upstream.target()), traffic(), tries);
            upstream.tail().discard();
            channel().close();
            upstream.release();
            return outcome;
        }
    }

    /** Everything is closed and accounted for. */
    record Ended() implements Phase {
    }
}
