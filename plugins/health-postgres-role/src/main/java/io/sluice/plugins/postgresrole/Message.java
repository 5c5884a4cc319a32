package io.sluice.plugins.postgresrole;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * One message of the frontend/backend protocol 3.0: a byte for its type, four for its length, and the body.
 *
 * @param state whether it is whole
 * @param type  what it is
 * @param body  read-only; empty unless the message is whole
 */
record Message(State state, char type, ByteBuffer body) {

    /** How far it has come. */
    enum State {
        /** All of it is there. */
        WHOLE,
        /** There is more to come. */
        PART,
        /** This is no PostgreSQL: its type or length makes no sense. */
        WRONG
    }

    /** What a server may say while one logs in and asks a question. */
    private static final String TYPES = "RSKNEZTDCvA";

    static final int HEADER = 5;

    /** Errors with their context are the longest that come here. */
    private static final int LARGEST = 16 * 1024;

    /** Reads the message that begins so many bytes after the buffer's position, which is not moved. */
    static Message read(ByteBuffer unread, int from) {
        ByteBuffer bytes = unread.slice(unread.position() + from, unread.remaining() - from);
        if (bytes.hasRemaining() && TYPES.indexOf((char) bytes.get(0)) < 0) {
            return none(State.WRONG);
        }
        if (bytes.remaining() < HEADER) {
            return none(State.PART);
        }
        int length = bytes.getInt(1);
        if (length < 4 || length > LARGEST) {
            return none(State.WRONG);
        }
        return bytes.remaining() < 1 + length ? none(State.PART)
                : new Message(State.WHOLE, (char) bytes.get(0), bytes.slice(HEADER, length - 4));
    }

    private static Message none(State state) {
        return new Message(state, '\0', ByteBuffer.allocate(0));
    }

    int size() {
        return HEADER + body.capacity();
    }

    /** A part of the body, a character for each byte. */
    String text(int from) {
        return StandardCharsets.ISO_8859_1.decode(body.duplicate().position(Math.min(from, body.limit()))).toString();
    }

    /** The field of an error or a notice, by its letter; empty if there is none. */
    String field(char letter) {
        for (String field : text(0).split("\0")) {
            if (!field.isEmpty() && field.charAt(0) == letter) {
                return field.substring(1);
            }
        }
        return "";
    }

    /** A message to send; type NUL for the first one, which has none. */
    static byte[] write(char type, byte[] body) {
        ByteBuffer out = ByteBuffer.allocate((type == '\0' ? 4 : HEADER) + body.length);
        if (type != '\0') {
            out.put((byte) type);
        }
        return out.putInt(4 + body.length).put(body).array();
    }

    /** Texts, each ended by a NUL. */
    static byte[] strings(String... texts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (String text : texts) {
            out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
            out.write(0);
        }
        return out.toByteArray();
    }
}
