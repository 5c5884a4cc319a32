package io.sluice.kernel.listen;

import io.sluice.kernel.plan.ListenAddress;
import java.nio.channels.ClosedChannelException;
import java.util.Locale;
import java.util.Optional;

/** Why a socket could not be bound, in words for the operator. */
final class BindFailure {

    static final String CLOSED_UNDERNEATH = "its socket was closed by someone else";

    private BindFailure() {
    }

    /**
     * @param inherited the inherited socket that may be in the way
     */
    static String sentence(ListenAddress address, Throwable cause, Optional<InheritedSocket> inherited) {
        if (cause instanceof ClosedChannelException) {
            return CLOSED_UNDERNEATH;
        }
        String message = cause.getMessage() == null ? cause.toString() : cause.getMessage();
        String lower = message.toLowerCase(Locale.ROOT);
        if (lower.contains("in use")) {
            return "address already in use: " + inherited.map(socket -> "the inherited socket " + socket + " is in the way"
                    + " (expected: the same address in listen_address and in ListenStream=)")
                    .orElse("another process listens on " + address);
        }
        if (lower.contains("permission denied")) {
            return "permission denied: this user may not listen on port " + address.port()
                    + " (ports below 1024 need a privilege, CAP_NET_BIND_SERVICE)";
        }
        if (lower.contains("cannot assign")) {
            return "cannot assign requested address: " + address.host() + " is no address of this machine";
        }
        return message;
    }
}
