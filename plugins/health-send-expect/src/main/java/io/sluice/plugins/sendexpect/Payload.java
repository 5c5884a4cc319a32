package io.sluice.plugins.sendexpect;

import io.sluice.spi.config.Findings;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The bytes that {@code message} or {@code hex} stand for. */
final class Payload {

    private Payload() {
    }

    /** Reads whichever is given; empty after an error. */
    static Optional<byte[]> read(String message, String hex, Findings findings) {
        if (message != null && hex != null) {
            findings.error("hex", "given beside message (expected: only one of message and hex)",
                    "remove one of the two");
            return Optional.empty();
        }
        if (message == null && hex == null) {
            findings.error("", "neither message nor hex is given (expected: one of them)",
                    "add a \"message\", for example \"PING\\r\\n\"");
            return Optional.empty();
        }
        String field = message != null ? "message" : "hex";
        if ((message != null ? message : hex).isEmpty()) {
            findings.error(field, "\"\" (expected: at least one byte)",
                    "an empty string is a placeholder: fill it in, or remove this command");
            return Optional.empty();
        }
        return message != null ? Optional.of(message.getBytes(StandardCharsets.UTF_8)) : hex(hex, findings);
    }

    private static Optional<byte[]> hex(String text, Findings findings) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length() / 2);
        int half = -1;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int digit = c < 128 ? Character.digit(c, 16) : -1;
            if (digit < 0 && (c != ' ' || half >= 0)) {
                return badHex(text, "character " + (i + 1) + " is " + Quoted.of(String.valueOf(c)), findings);
            }
            if (digit >= 0 && half >= 0) {
                bytes.write(half << 4 | digit);
                half = -1;
            } else if (digit >= 0) {
                half = digit;
            }
        }
        if (half >= 0 || bytes.size() == 0) {
            return badHex(text, half >= 0 ? "the last digit stands alone" : "there are no digits", findings);
        }
        return Optional.of(bytes.toByteArray());
    }

    private static Optional<byte[]> badHex(String text, String why, Findings findings) {
        findings.error("hex", Quoted.of(text) + ": " + why + " (expected: pairs of hexadecimal digits)",
                "write for example \"50 49 4e 47 0d 0a\"");
        return Optional.empty();
    }
}
