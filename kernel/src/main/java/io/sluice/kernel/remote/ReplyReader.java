package io.sluice.kernel.remote;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads one answer of HTTP/1 (RFC 9112), on a connection that ends with it. What is not in order is an exception: nothing
 * is guessed.
 */
final class ReplyReader {

    private static final int LONGEST_LINE = 8192;
    private static final int MOST_FIELDS = 100;
    private static final int MOST_INTERIM = 10;
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([1-5][0-9]{2})( .*)?");
    private static final Pattern FIELD = Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]+):(.*)");
    private static final Pattern LENGTH = Pattern.compile("[0-9]{1,18}");
    private static final Pattern CHUNK = Pattern.compile("([0-9A-Fa-f]{1,15})[ \t]*(;.*)?");
    private static final int NO_CONTENT = 204;
    private static final int NOT_MODIFIED = 304;

    private final InputStream in;
    private String length;
    private String coding;

    ReplyReader(InputStream in) {
        this.in = in;
    }

    Wire.Reply read() throws IOException {
        for (int i = 0; i <= MOST_INTERIM; i++) {
            Matcher line = match(STATUS, line(), "status line");
            int status = Integer.parseInt(line.group(1));
            length = null;
            coding = null;
            fields();
            if (status >= 200) {
                return new Wire.Reply(status, new String(body(status), StandardCharsets.UTF_8));
            }
        }
        throw bad("status", "an answer after at most " + MOST_INTERIM + " interim ones");
    }

    private void fields() throws IOException {
        String line = line();
        for (int i = 0; !line.isEmpty(); i++) {
            if (i == MOST_FIELDS) {
                throw bad("head", "at most " + MOST_FIELDS + " fields");
            }
            Matcher field = match(FIELD, line, "field");
            switch (field.group(1).toLowerCase(Locale.ROOT)) {
                case "content-length" -> length = once(length, field.group(2).strip());
                case "transfer-encoding" -> coding = once(coding, field.group(2).strip());
                default -> { }
            }
            line = line();
        }
    }

    private static String once(String before, String now) throws IOException {
        if (before != null && !before.equals(now)) {
            throw bad("length", "one");
        }
        return now;
    }

    private byte[] body(int status) throws IOException {
        if (status == NO_CONTENT || status == NOT_MODIFIED) {
            return new byte[0];
        }
        if (coding != null && (length != null || !coding.equalsIgnoreCase("chunked"))) {
            throw bad("transfer-encoding", "chunked, and no length besides");
        }
        if (coding != null) {
            return chunks();
        }
        return length == null ? untilEnd() : exactly(Long.parseLong(match(LENGTH, length, "content-length").group()), 0);
    }

    private byte[] untilEnd() throws IOException {
        byte[] bytes = in.readNBytes(Wire.LARGEST_ANSWER + 1);
        bound(bytes.length);
        return bytes;
    }

    private byte[] exactly(long count, long before) throws IOException {
        bound(before + count);
        byte[] bytes = in.readNBytes((int) count);
        if (bytes.length < count) {
            throw ended();
        }
        return bytes;
    }

    private byte[] chunks() throws IOException {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        while (true) {
            long size = Long.parseLong(match(CHUNK, line(), "chunk").group(1), 16);
            if (size == 0) {
                fields();
                return whole.toByteArray();
            }
            whole.write(exactly(size, whole.size()));
            if (!line().isEmpty()) {
                throw bad("chunk", "a line end behind it");
            }
        }
    }

    private static void bound(long size) throws IOException {
        if (size > Wire.LARGEST_ANSWER) {
            throw new IOException("the answer has more than " + Wire.LARGEST_ANSWER + " bytes");
        }
    }

    /** Up to a line end, without it. */
    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw ended();
            }
            if (line.size() == LONGEST_LINE) {
                throw bad("line", "at most " + LONGEST_LINE + " bytes");
            }
            line.write(next);
        }
        String text = line.toString(StandardCharsets.ISO_8859_1);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }

    private static Matcher match(Pattern pattern, String text, String what) throws IOException {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.matches()) {
            throw bad(what, "one of HTTP/1.1");
        }
        return matcher;
    }

    private static IOException ended() {
        return new EOFException("the answer ends too early");
    }

    private static IOException bad(String what, String rule) {
        return new IOException("the answer's " + what + " is not in order (expected: " + rule + ")");
    }
}
