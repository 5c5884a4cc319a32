package io.sluice.kernel.session;

import io.sluice.kernel.relay.Relay.Side;
import io.sluice.spi.connection.CloseReason;
import io.sluice.spi.connection.Refusal;
import java.io.IOException;
import javax.net.ssl.SSLException;

/** What the failure of one of a session's channels is called in its record. */
final class Failure {

    private static final int LONGEST_DETAIL = 300;

    private Failure() {
    }

    /**
     * Its name.
     *
     * @param side     whose channel failed
     * @param relaying whether bytes flowed already
     */
    static Refusal named(Side side, boolean relaying, IOException cause) {
        boolean tls = cause instanceof SSLException;
        String text = String.valueOf(cause.getMessage());
        // a reset is its own reason; what breaks TLS has more to say
        String detail = tls || side == Side.CLIENT && !relaying ? shortened(text) : "";
        if (side == Side.UPSTREAM) {
            return new Refusal(CloseReason.UPSTREAM_RESET, detail);
        }
        if (tls) {
            return new Refusal(CloseReason.TLS_FAILED, detail);
        }
        return new Refusal(relaying ? CloseReason.CLIENT_RESET : CloseReason.CLIENT_LEFT, detail);
    }

    private static String shortened(String text) {
        return text.length() > LONGEST_DETAIL ? text.substring(0, LONGEST_DETAIL) : text;
    }
}
