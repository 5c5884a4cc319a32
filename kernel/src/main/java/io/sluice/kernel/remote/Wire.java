package io.sluice.kernel.remote;

import java.io.IOException;
import java.nio.file.Path;

/** How a request gets to the admin API, and its answer back. Blocks; for one thread. */
interface Wire {

    /** Longer answers are refused. */
    int LARGEST_ANSWER = 16 * 1024 * 1024;

    /** What came back: an HTTP status and a text. */
    record Reply(int status, String text) {
    }

    /** That which leads there. */
    static Wire to(AdminLocation location) {
        return location.isSocket() ? new SocketWire(Path.of(location.url().getSchemeSpecificPart()), location.key())
                : new TcpWire(location.url(), location.key());
    }

    /**
     * Asks once.
     *
     * @param body JSON, or empty for none
     * @throws IOException if there is no whole answer, in time
     */
    Reply ask(String method, Route route, String body) throws IOException;
}
