package io.sluice.it;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * A header of version 2 for IPv4, as a target reads it (PROXY protocol 2.2): nothing is skipped, and every length must fit.
 *
 * @param tlvs values by type, in their order
 */
record ProxyHeader(InetSocketAddress source, InetSocketAddress destination, Map<Integer, byte[]> tlvs) {

    static final int ALPN = 0x01;
    static final int AUTHORITY = 0x02;
    static final int CRC32C = 0x03;
    static final int UNIQUE_ID = 0x05;
    static final int SSL = 0x20;
    static final int SSL_VERSION = 0x21;
    static final int SSL_CN = 0x22;

    private static final byte[] SIGNATURE = HexFormat.of().parseHex("0d0a0d0a000d0a515549540a");
    private static final int FIXED = 16;
    private static final int ADDRESSES = 12;

    /**
     * What a header says about the client's TLS.
     *
     * @param client the bits of PP2_CLIENT_*
     * @param verify 0 if the client's certificate was verified
     */
    record Tls(int client, int verify, Map<Integer, byte[]> tlvs) {

        String text(int type) {
            byte[] value = tlvs.get(type);
            return value == null ? null : new String(value, StandardCharsets.UTF_8);
        }
    }

    /** Reads a header and not a byte more. */
    static ProxyHeader read(InputStream stream) throws IOException {
        DataInputStream in = new DataInputStream(stream);
        byte[] fixed = new byte[FIXED];
        in.readFully(fixed);
        int length = ByteBuffer.wrap(fixed).getShort(14) & 0xffff;
        byte[] whole = Arrays.copyOf(fixed, FIXED + length);
        in.readFully(whole, FIXED, length);
        if (!Arrays.equals(fixed, 0, SIGNATURE.length, SIGNATURE, 0, SIGNATURE.length) || fixed[12] != 0x21 || fixed[13] != 0x11) {
            throw new IOException("not a header for TCP over IPv4: " + HexFormat.of().formatHex(fixed));
        }
        ByteBuffer rest = ByteBuffer.wrap(whole, FIXED, length);
        byte[][] hosts = {new byte[4], new byte[4]};
        rest.get(hosts[0]).get(hosts[1]);
        InetSocketAddress source = new InetSocketAddress(InetAddress.getByAddress(hosts[0]), rest.getShort() & 0xffff);
        InetSocketAddress destination = new InetSocketAddress(InetAddress.getByAddress(hosts[1]), rest.getShort() & 0xffff);
        ProxyHeader header = new ProxyHeader(source, destination, tlvs(whole, FIXED + ADDRESSES, whole.length));
        header.checkSum(whole);
        return header;
    }

    private static Map<Integer, byte[]> tlvs(byte[] bytes, int from, int to) {
        Map<Integer, byte[]> tlvs = new LinkedHashMap<>();
        ByteBuffer rest = ByteBuffer.wrap(bytes, from, to - from);
        while (rest.hasRemaining()) {
            int type = rest.get() & 0xff;
            byte[] value = new byte[rest.getShort() & 0xffff];
            rest.get(value);
            if (tlvs.put(type, value) != null) {
                throw new IllegalArgumentException("type " + type + " twice");
            }
        }
        return tlvs;
    }

    /** The sum of the whole header, with zeros in the sum's own place. */
    private void checkSum(byte[] whole) throws IOException {
        byte[] given = tlvs.get(CRC32C);
        if (given == null) {
            return;
        }
        byte[] zeroed = whole.clone();
        int at = FIXED + ADDRESSES;
        while (zeroed[at] != CRC32C) {
            at += 3 + (ByteBuffer.wrap(zeroed).getShort(at + 1) & 0xffff);
        }
        Arrays.fill(zeroed, at + 3, at + 7, (byte) 0);
        CRC32C sum = new CRC32C();
        sum.update(zeroed);
        if ((int) sum.getValue() != ByteBuffer.wrap(given).getInt()) {
            throw new IOException("the checksum does not match");
        }
    }

    String text(int type) {
        byte[] value = tlvs.get(type);
        return value == null ? null : new String(value, StandardCharsets.UTF_8);
    }

    Tls tls() {
        byte[] value = tlvs.get(SSL);
        return value == null ? null : new Tls(value[0], ByteBuffer.wrap(value).getInt(1), tlvs(value, 5, value.length));
    }
}
