package io.sluice.plugins.tls.hello;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Finds the whole of a ClientHello in a stream that grows, however it was split into records (RFC 8446 5.1) and segments.
 * Looks at each byte once and keeps none; says what is wrong as soon as it can be known.
 */
final class HelloScanner {

    /** The most bytes that a ClientHello may have. */
    static final int LARGEST_HELLO = 16 * 1024;
    /** The most bytes that it may take up together with the headers of its records. */
    static final int LARGEST_STREAM = 24 * 1024;

    private static final int RECORD_HEADER = 5;
    private static final int HANDSHAKE = 22;
    private static final int LARGEST_RECORD = 16 * 1024;
    private static final int MESSAGE_HEADER = 4;
    private static final int CLIENT_HELLO = 1;
    private static final Pattern HTTP = Pattern.compile("(GET|HEAD|POST|PUT|DELETE|OPTIONS|TRACE|CONNECT|PATCH|PRI) .*");

    private int scanned;
    private int inRecord;
    private int collected;
    private int message = MESSAGE_HEADER;
    private int header;

    /**
     * Looks at what has joined since the last call.
     *
     * @param stream all that the client has sent, from its first byte
     * @return the hello, once it is whole
     */
    Optional<ClientHello> scan(ByteBuf stream) throws BadHello {
        int from = stream.readerIndex();
        checkFirstByte(stream);
        while (collected < message) {
            int left = stream.readableBytes() - scanned;
            if (inRecord == 0) {
                if (left < RECORD_HEADER) {
                    checkStart(stream, from + scanned, left);
                    return unlessTooLong(stream);
                }
                beginRecord(stream, from + scanned);
                continue;
            }
            if (left == 0) {
                return unlessTooLong(stream);
            }
            int take = Math.min(Math.min(left, inRecord), collected < MESSAGE_HEADER ? 1 : message - collected);
            if (collected < MESSAGE_HEADER) {
                header = header << 8 | stream.getUnsignedByte(from + scanned);
            }
            collected += take;
            scanned += take;
            inRecord -= take;
            if (collected == MESSAGE_HEADER && take == 1) {
                beginMessage();
            }
        }
        if (scanned > LARGEST_STREAM) {
            throw tooLong();
        }
        return Optional.of(HelloParser.parse(collect(stream)));
    }

    private void checkFirstByte(ByteBuf stream) throws BadHello {
        if (scanned == 0 && stream.isReadable() && stream.getUnsignedByte(stream.readerIndex()) != HANDSHAKE) {
            String start = stream.toString(stream.readerIndex(), Math.min(stream.readableBytes(), 16), StandardCharsets.ISO_8859_1);
            throw BadHello.notTls(HTTP.matcher(start).lookingAt() ? "an HTTP request on a TLS port" : "the client does not speak TLS");
        }
    }

    /** A client that does not speak TLS is not waited for. */
    private static void checkStart(ByteBuf stream, int at, int length) throws BadHello {
        if (length > 0) {
            checkType(stream.getUnsignedByte(at));
        }
        if (length > 1) {
            checkMajorVersion(stream.getUnsignedByte(at + 1));
        }
    }

    private static void checkType(int type) throws BadHello {
        if (type != HANDSHAKE) {
            throw BadHello.with(Alert.UNEXPECTED_MESSAGE, "a record of type " + type + " came before the ClientHello was whole");
        }
    }

    private static void checkMajorVersion(int major) throws BadHello {
        if (major != 3) {
            throw BadHello.notTls("the client does not speak TLS");
        }
    }

    private void beginRecord(ByteBuf stream, int at) throws BadHello {
        checkStart(stream, at, RECORD_HEADER);
        inRecord = stream.getUnsignedShort(at + 3);
        if (inRecord == 0) {
            throw BadHello.with(Alert.DECODE_ERROR, "an empty record (RFC 8446 5.1)");
        }
        if (inRecord > LARGEST_RECORD) {
            throw BadHello.with(Alert.RECORD_OVERFLOW, "a record of " + inRecord + " bytes (expected: at most " + LARGEST_RECORD + ")");
        }
        scanned += RECORD_HEADER;
    }

    private void beginMessage() throws BadHello {
        if (header >>> 24 != CLIENT_HELLO) {
            throw BadHello.with(Alert.UNEXPECTED_MESSAGE, "handshake message " + (header >>> 24) + " instead of a ClientHello");
        }
        int length = header & 0xffffff;
        if (length > LARGEST_HELLO) {
            throw BadHello.with(Alert.DECODE_ERROR, "a ClientHello of " + length + " bytes (expected: at most " + LARGEST_HELLO + ")");
        }
        message = MESSAGE_HEADER + length;
    }

    private Optional<ClientHello> unlessTooLong(ByteBuf stream) throws BadHello {
        if (stream.readableBytes() > LARGEST_STREAM) {
            throw tooLong();
        }
        return Optional.empty();
    }

    private static BadHello tooLong() {
        return BadHello.with(Alert.DECODE_ERROR, "a ClientHello in too many records (expected: at most " + LARGEST_STREAM
                + " bytes in all)");
    }

    /** The message without its header, put together from its records. */
    private byte[] collect(ByteBuf stream) {
        byte[] hello = new byte[message];
        int at = stream.readerIndex();
        for (int filled = 0; filled < message;) {
            int length = Math.min(stream.getUnsignedShort(at + 3), message - filled);
            stream.getBytes(at + RECORD_HEADER, hello, filled, length);
            filled += length;
            at += RECORD_HEADER + length;
        }
        return java.util.Arrays.copyOfRange(hello, MESSAGE_HEADER, message);
    }
}
