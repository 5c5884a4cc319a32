package io.sluice.kernel.listen;

import io.sluice.kernel.plan.ListenAddress;
import java.nio.channels.ClosedChannelException;
import java.util.Locale;
import java.util.Optional;

/**
 * Why a socket does not accept, in words for the operator.
 *
 * @param reason what is wrong
 * @param hint   what to do about it
 */
record BindFailure(String reason, String hint) {

    private static final String AGAIN = "; it is tried again until it opens";

    /**
     * @param inherited the inherited socket that may be in the way
     */
    static BindFailure of(ListenAddress address, Throwable cause, Optional<InheritedSocket> inherited) {
        if (cause instanceof ClosedChannelException) {
            return closedUnderneath();
        }
        String message = cause.getMessage() == null ? cause.toString() : cause.getMessage();
        String lower = message.toLowerCase(Locale.ROOT);
        if (lower.contains("in use")) {
            return inherited.map(BindFailure::inTheWay).orElseGet(() -> inUse(address));
        }
        if (lower.contains("permission denied")) {
            return new BindFailure("permission denied: this user may not listen on port " + address.port()
                    + " (ports below 1024 need a privilege, CAP_NET_BIND_SERVICE)",
                    "give the gateway CAP_NET_BIND_SERVICE, as the systemd unit does, or choose a listen_port from 1024 up" + AGAIN);
        }
        if (lower.contains("cannot assign")) {
            return new BindFailure("cannot assign requested address: " + address.host() + " is no address of this machine",
                    "choose a listen_address that this machine has (ip address lists them), or give it this one" + AGAIN);
        }
        return new BindFailure(message, "look at listen_address and listen_port" + AGAIN);
    }

    private static BindFailure inTheWay(InheritedSocket socket) {
        return new BindFailure("address already in use: the inherited socket " + socket + " is in the way"
                + " (expected: the same address in listen_address and in ListenStream=)",
                "make the two addresses the same, or stop the .socket unit" + AGAIN);
    }

    private static BindFailure inUse(ListenAddress address) {
        return new BindFailure(Listener.TAKEN + " listens on " + address,
                "ss -ltnp 'sport = :" + address.port() + "' names the process: stop it, or choose another listen_port" + AGAIN);
    }

    /** Someone has closed a socket that was open. */
    static BindFailure closedUnderneath() {
        return new BindFailure("its socket was closed by someone else",
                "restart the gateway if it does not open again by itself" + AGAIN);
    }
}
