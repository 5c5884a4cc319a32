package io.sluice.spi.health;

import java.nio.charset.StandardCharsets;

/**
 * What a target said, as it may stand in a sentence for people: in quotes, bounded, everything escaped that does not
 * print.
 *
 * @since 1.0
 */
public final class PeerText {

    /** As many characters are shown, escapes not counted. */
    private static final int LONGEST = 80;

    private PeerText() {
    }

    /** Some bytes in quotes: {@code "-ERR gr\xc3\xbcn\r\n"}. Any thread. */
    public static String quoted(byte[] bytes) {
        return quoted(new String(bytes, StandardCharsets.ISO_8859_1));
    }

    /** The same for bytes that were decoded as ISO 8859-1; a character beyond it is shown as a question mark. */
    public static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < Math.min(text.length(), LONGEST); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\r' -> quoted.append("\\r");
                case '\n' -> quoted.append("\\n");
                case '\t' -> quoted.append("\\t");
                case '"', '\\' -> quoted.append('\\').append(c);
                default -> quoted.append(c >= ' ' && c <= '~' ? String.valueOf(c)
                        : c < 256 ? String.format("\\x%02x", (int) c) : "?");
            }
        }
        return quoted.append(text.length() > LONGEST ? "…\"" : "\"").toString();
    }
}
