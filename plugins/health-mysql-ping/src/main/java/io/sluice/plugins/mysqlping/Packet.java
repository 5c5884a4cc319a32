package io.sluice.plugins.mysqlping;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * One packet of the client/server protocol: three bytes of length, one of sequence, and the payload.
 *
 * @param state    whether it is whole
 * @param sequence its number in the exchange
 * @param payload  read-only, little-endian; empty unless the packet is whole
 */
record Packet(State state, int sequence, ByteBuffer payload) {

    /** How far it has come. */
    enum State {
        /** All of it is there. */
        WHOLE,
        /** There is more to come. */
        PART,
        /** This is no MySQL: its length makes no sense. */
        WRONG
    }

    static final int HEADER = 4;

    /** Greetings, errors and confirmations are much smaller. */
    private static final int LARGEST = 4096;

    static Packet read(ByteBuffer unread) {
        ByteBuffer bytes = unread.slice().order(ByteOrder.LITTLE_ENDIAN);
        if (bytes.remaining() < HEADER) {
            return none(State.PART);
        }
        int length = bytes.getInt(0) & 0xffffff;
        if (length == 0 || length > LARGEST) {
            return none(State.WRONG);
        }
        if (bytes.remaining() < HEADER + length) {
            return none(State.PART);
        }
        return new Packet(State.WHOLE, bytes.get(3) & 0xff, bytes.slice(HEADER, length).order(ByteOrder.LITTLE_ENDIAN));
    }

    private static Packet none(State state) {
        return new Packet(state, 0, ByteBuffer.allocate(0));
    }

    int size() {
        return HEADER + payload.capacity();
    }

    /** The byte that says what it is: 10 a greeting, 0 OK, 254 another way to log in, 255 an error. */
    int type() {
        return payload.get(0) & 0xff;
    }

    static byte[] write(int sequence, byte... payload) {
        byte[] packet = new byte[HEADER + payload.length];
        packet[0] = (byte) payload.length;
        packet[1] = (byte) (payload.length >> 8);
        packet[3] = (byte) sequence;
        System.arraycopy(payload, 0, packet, HEADER, payload.length);
        return packet;
    }
}
