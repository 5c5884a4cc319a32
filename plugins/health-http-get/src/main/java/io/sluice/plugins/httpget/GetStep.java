package io.sluice.plugins.httpget;

import io.sluice.spi.health.PeerText;
import io.sluice.spi.health.Step;
import io.sluice.spi.health.StepResult;
import io.sluice.spi.health.StepResult.Failed;
import io.sluice.spi.health.StepResult.Passed;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * One request. HTTP/1.0, as servers then neither cut the body into chunks nor keep the connection: what follows the
 * headers is the body (RFC 9112 6.1 forbids a transfer coding towards a client of that version).
 */
final class GetStep implements Step {

    /** Longer lines and headers are no answer to a health check. */
    private static final int LONGEST_STATUS_LINE = 1024;
    private static final int LONGEST_HEAD = 32 * 1024;

    private final HttpGetConfig config;

    GetStep(HttpGetConfig config) {
        this.config = config;
    }

    @Override
    public byte[] opening() {
        return ("GET " + config.path() + " HTTP/1.0\r\nHost: " + config.host()
                + "\r\nUser-Agent: sluice-health\r\nAccept: */*\r\nConnection: close\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public StepResult examine(ByteBuffer unread, Cause cause) {
        String text = StandardCharsets.ISO_8859_1.decode(unread.duplicate()).toString();
        int line = text.indexOf('\n');
        if (line < 0 ? text.length() > LONGEST_STATUS_LINE : !isStatusLine(text, line)) {
            return new Failed("the answer is not one of HTTP: "
                    + PeerText.quoted(line < 0 ? text : text.substring(0, line + 1)), 0);
        }
        if (line < 0) {
            return cause == Cause.BYTES ? StepResult.NEED_MORE : StepResult.failed("no answer came");
        }
        int status = Integer.parseInt(text.substring(9, 12));
        if (!config.status().include(status)) {
            return new Failed("the status is " + status + " (expected: " + config.status() + ")", 9);
        }
        return page(text, line, Map.of("status", String.valueOf(status)), cause);
    }

    private static boolean isStatusLine(String text, int end) {
        return end <= LONGEST_STATUS_LINE
                && text.substring(0, end + 1).matches("HTTP/1\\.[01] [1-5][0-9]{2}( [^\\r\\n\\00]*)?\\r\\n");
    }

    private StepResult page(String text, int line, Map<String, String> facts, Cause cause) {
        // from the status line's own end: an answer may have no header at all
        int head = text.indexOf("\r\n\r\n", line - 1);
        if (head < 0 ? text.length() > LONGEST_HEAD : head > LONGEST_HEAD) {
            return StepResult.failed("the headers do not end within 32 KiB");
        }
        if (head < 0) {
            return cause == Cause.BYTES ? StepResult.NEED_MORE : StepResult.failed("the headers did not come to their end");
        }
        int body = head + 4;
        if (config.contains() == null) {
            return new Passed(body, facts);
        }
        String wanted = new String(config.contains().getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        int found = text.indexOf(wanted, body);
        if (found >= 0) {
            return new Passed(found + wanted.length(), facts);
        }
        return cause == Cause.BYTES ? StepResult.NEED_MORE : StepResult.failed(PeerText.quoted(wanted)
                + " did not come in the first " + (text.length() - body) + " bytes of the body");
    }
}
