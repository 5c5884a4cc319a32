package io.sluice.plugins.proxy;

import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * What the bytes at the beginning of a connection are.
 */
sealed interface Header {

    /** Not all of it is there, and nothing is wrong so far. */
    Header INCOMPLETE = new Incomplete();

    /** Not all of it is there. */
    record Incomplete() implements Header {
    }

    /**
     * A header.
     *
     * @param version   its version
     * @param length    its bytes; what follows belongs to the connection
     * @param addresses empty when it says none: LOCAL, UNKNOWN, or a family that has none for TCP
     */
    record Complete(Version version, int length, Optional<Addresses> addresses) implements Header {
    }

    /**
     * No header.
     *
     * @param reason what is wrong: value (expected: rule)
     * @param begun  whether it begins like one all the same
     */
    record Bad(String reason, boolean begun) implements Header {
    }

    /** The client's address and the one that it connected to. */
    record Addresses(InetSocketAddress source, InetSocketAddress destination) {
    }
}
