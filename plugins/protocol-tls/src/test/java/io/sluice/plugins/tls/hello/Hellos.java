package io.sluice.plugins.tls.hello;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Makes ClientHellos, good ones and bad ones, byte by byte. */
final class Hellos {

    private final ByteArrayOutputStream extensions = new ByteArrayOutputStream();
    private int version = 0x0303;
    private int sessionId = 32;
    private byte[] suites = {0x13, 0x01, (byte) 0xc0, 0x2b};

    /** With the extensions that every client of today sends. */
    static Hellos usual() {
        return new Hellos().extension(43, bytes(4, 3, 4, 3, 3)).extension(13, bytes(0, 2, 4, 3)).extension(10, bytes(0, 2, 0, 23));
    }

    static Hellos bare() {
        return new Hellos();
    }

    Hellos version(int number) {
        version = number;
        return this;
    }

    Hellos sessionId(int length) {
        sessionId = length;
        return this;
    }

    Hellos suites(int... some) {
        suites = bytes(some);
        return this;
    }

    Hellos extension(int type, byte[] body) {
        number(extensions, 2, type);
        number(extensions, 2, body.length);
        extensions.writeBytes(body);
        return this;
    }

    Hellos name(String name) {
        return name(name.getBytes(StandardCharsets.ISO_8859_1));
    }

    Hellos name(byte[] name) {
        return extension(0, vector(2, concat(bytes(0), vector(2, name))));
    }

    Hellos alpn(String... protocols) {
        ByteArrayOutputStream list = new ByteArrayOutputStream();
        for (String protocol : protocols) {
            list.writeBytes(vector(1, protocol.getBytes(StandardCharsets.US_ASCII)));
        }
        return extension(16, vector(2, list.toByteArray()));
    }

    /** The handshake message, header included. */
    byte[] message() {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        number(body, 2, version);
        body.writeBytes(new byte[32]);
        body.writeBytes(vector(1, new byte[sessionId]));
        body.writeBytes(vector(2, suites));
        body.writeBytes(bytes(1, 0));
        if (extensions.size() > 0) {
            body.writeBytes(vector(2, extensions.toByteArray()));
        }
        return message(1, body.toByteArray());
    }

    static byte[] message(int type, byte[] body) {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        message.write(type);
        number(message, 3, body.length);
        message.writeBytes(body);
        return message.toByteArray();
    }

    /** The message in one record. */
    byte[] record() {
        return records(message(), 16 * 1024);
    }

    /** A message in records of so many bytes. */
    static byte[] records(byte[] message, int size) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int at = 0; at < message.length; at += size) {
            int length = Math.min(size, message.length - at);
            out.writeBytes(record(22, message, at, length));
        }
        return out.toByteArray();
    }

    static byte[] record(int type, byte[] contents, int from, int length) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(bytes(type, 3, 1));
        number(out, 2, length);
        out.write(contents, from, length);
        return out.toByteArray();
    }

    static byte[] vector(int lengthBytes, byte[] contents) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        number(out, lengthBytes, contents.length);
        out.writeBytes(contents);
        return out.toByteArray();
    }

    static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    private static void number(ByteArrayOutputStream out, int bytes, int value) {
        for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
            out.write(value >>> shift);
        }
    }
}
