package io.sluice.kernel.store;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/** Just enough DER (X.690) to put an older form of a private key into PKCS#8 (RFC 5958 2). */
final class Der {

    private static final int SEQUENCE = 0x30;
    private static final int OCTET_STRING = 0x04;
    private static final byte[] VERSION_0 = {0x02, 0x01, 0x00};

    private Der() {
    }

    /**
     * A key in PKCS#8.
     *
     * @param key       PKCS#1 (RFC 8017 A.1.2) or SEC1 (RFC 5915 3)
     * @param publicKey the certificate's SubjectPublicKeyInfo, which names the algorithm and its parameters
     */
    static byte[] pkcs8(byte[] key, byte[] publicKey) {
        int header = headerLength(publicKey, 0);
        int algorithm = header + headerLength(publicKey, header) + length(publicKey, header);
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        content.writeBytes(VERSION_0);
        content.writeBytes(Arrays.copyOfRange(publicKey, header, algorithm));
        content.writeBytes(wrapped(OCTET_STRING, key));
        return wrapped(SEQUENCE, content.toByteArray());
    }

    private static byte[] wrapped(int tag, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        if (content.length < 0x80) {
            out.write(content.length);
        } else if (content.length < 0x100) {
            out.write(0x81);
            out.write(content.length);
        } else if (content.length < 0x10000) {
            out.write(0x82);
            out.write(content.length >> 8);
            out.write(content.length);
        } else {
            throw new IllegalArgumentException("too long for a key");
        }
        out.writeBytes(content);
        return out.toByteArray();
    }

    private static int headerLength(byte[] der, int at) {
        int first = der[at + 1] & 0xff;
        return first < 0x80 ? 2 : 2 + (first & 0x7f);
    }

    private static int length(byte[] der, int at) {
        int first = der[at + 1] & 0xff;
        if (first < 0x80) {
            return first;
        }
        int length = 0;
        for (int i = 0; i < (first & 0x7f); i++) {
            length = length << 8 | der[at + 2 + i] & 0xff;
        }
        return length;
    }
}
