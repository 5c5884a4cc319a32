package io.sluice.plugins.mysqlping;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What a server says first (protocol version 10).
 *
 * @param version      its own name for its version
 * @param capabilities what it can do
 * @param plugin       how accounts log in by default; empty if it does not say
 */
record Greeting(String version, int capabilities, String plugin) {

    private static final int PROTOCOL_41 = 0x200;
    private static final int SECURE_CONNECTION = 0x8000;
    private static final int PLUGIN_AUTH = 0x80000;
    private static final byte UTF8_GENERAL_CI = 33;
    private static final int LARGEST_PACKET = 1 << 24;

    /** Empty if a part is missing. */
    static Optional<Greeting> read(ByteBuffer payload) {
        ByteBuffer in = payload.duplicate().order(payload.order()).position(1);
        String version = untilNul(in);
        // thread id 4, first part of the challenge 8, a filler
        if (version == null || version.isEmpty() || in.remaining() < 13 + 2 + 1 + 2 + 2 + 1 + 10) {
            return Optional.empty();
        }
        in.position(in.position() + 13);
        int lower = in.getShort() & 0xffff;
        in.position(in.position() + 3);
        int capabilities = lower | in.getShort() << 16;
        int challenge = in.get() & 0xff;
        in.position(in.position() + 10);
        if ((capabilities & PLUGIN_AUTH) == 0) {
            return Optional.of(new Greeting(version, capabilities, ""));
        }
        int rest = Math.max(13, challenge - 8);
        if (in.remaining() < rest) {
            return Optional.empty();
        }
        in.position(in.position() + rest);
        String plugin = untilNul(in);
        return Optional.of(new Greeting(version, capabilities, plugin == null ? "" : plugin));
    }

    private static String untilNul(ByteBuffer in) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        while (in.hasRemaining()) {
            byte next = in.get();
            if (next == 0) {
                return bytes.toString(StandardCharsets.ISO_8859_1);
            }
            bytes.write(next);
        }
        return null;
    }

    /** Whether the server understands the login that we know. */
    boolean canLogIn() {
        return (capabilities & PROTOCOL_41) != 0 && (capabilities & SECURE_CONNECTION) != 0;
    }

    /** The answer to it, without a password. */
    byte[] login(String user) {
        int named = capabilities & PLUGIN_AUTH;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        number(out, PROTOCOL_41 | SECURE_CONNECTION | named);
        number(out, LARGEST_PACKET);
        out.write(UTF8_GENERAL_CI);
        out.writeBytes(new byte[23]);
        out.writeBytes(user.getBytes(StandardCharsets.US_ASCII));
        out.write(0);
        out.write(0);
        if (named != 0) {
            out.writeBytes(plugin.getBytes(StandardCharsets.ISO_8859_1));
            out.write(0);
        }
        return out.toByteArray();
    }

    private static void number(ByteArrayOutputStream out, int value) {
        for (int shift = 0; shift < 32; shift += 8) {
            out.write(value >> shift);
        }
    }
}
