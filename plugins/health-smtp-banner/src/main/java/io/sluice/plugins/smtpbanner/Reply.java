package io.sluice.plugins.smtpbanner;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * One reply of a mail server, of one line or several (RFC 5321 4.2).
 *
 * @param state whether it is whole
 * @param code  its three digits; 0 unless it is whole
 * @param lines what stands behind the code in each line; after {@link State#WRONG} the line that makes no sense
 * @param size  how many bytes it takes
 */
record Reply(State state, int code, List<String> lines, int size) {

    /** How far it has come. */
    enum State {
        /** All lines are there. */
        WHOLE,
        /** There is more to come. */
        PART,
        /** This is no mail server. */
        WRONG
    }

    /** RFC 5321 4.5.3.1.5 allows 512 bytes; some servers say more. */
    private static final int LONGEST_LINE = 2048;
    private static final int MOST_LINES = 128;

    static Reply read(ByteBuffer unread) {
        String text = StandardCharsets.ISO_8859_1.decode(unread.duplicate()).toString();
        List<String> lines = new ArrayList<>();
        String code = "";
        int at = 0;
        while (true) {
            int end = text.indexOf('\n', at);
            if (end < 0) {
                return text.length() - at > LONGEST_LINE ? wrong(text.substring(at))
                        : new Reply(State.PART, 0, List.of(), 0);
            }
            String line = text.substring(at, end + 1);
            if (!line.matches("[2-5][0-9]{2}([ -][^\\r\\n\\00]*)?\\r\\n") || line.length() > LONGEST_LINE
                    || lines.size() == MOST_LINES || !line.startsWith(code)) {
                return wrong(line);
            }
            code = line.substring(0, 3);
            lines.add(line.substring(Math.min(4, line.length() - 2), line.length() - 2));
            at = end + 1;
            if (line.charAt(3) != '-') {
                return new Reply(State.WHOLE, Integer.parseInt(code), lines, at);
            }
        }
    }

    private static Reply wrong(String line) {
        return new Reply(State.WRONG, 0, List.of(line.substring(0, Math.min(line.length(), LONGEST_LINE))), 0);
    }
}
