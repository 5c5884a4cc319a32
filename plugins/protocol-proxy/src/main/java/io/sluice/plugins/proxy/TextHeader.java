package io.sluice.plugins.proxy;

import io.netty.buffer.ByteBuf;
import io.sluice.plugins.proxy.Header.Addresses;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/** Version 1, the text line (PROXY protocol 2.1). */
final class TextHeader {

    /** In a dotted part, where some readers would take it for octal. */
    private static final Pattern LEADING_ZERO = Pattern.compile("(^|[.:])0\\d+\\.|\\.0\\d");

    /** With its CR LF. */
    static final int LONGEST = 107;

    private TextHeader() {
    }

    /** Parses bytes that begin with {@code "PROXY "}. */
    static Header parse(ByteBuf bytes) {
        int start = bytes.readerIndex();
        int length = Math.min(bytes.readableBytes(), LONGEST);
        for (int i = 0; i < length; i++) {
            byte b = bytes.getByte(start + i);
            if (b == '\n') {
                return bad("LF without CR (expected: CR LF at the end of the line)");
            }
            if (b == '\r') {
                if (i + 1 == LONGEST) {
                    return tooLong();
                }
                if (i + 1 == bytes.readableBytes()) {
                    return Header.INCOMPLETE;
                }
                return bytes.getByte(start + i + 1) == '\n'
                        ? line(bytes.toString(start, i, StandardCharsets.ISO_8859_1), i + 2)
                        : bad("CR without LF (expected: CR LF at the end of the line)");
            }
        }
        return length < LONGEST ? Header.INCOMPLETE : tooLong();
    }

    private static Header tooLong() {
        return bad("the line does not end (expected: at most " + LONGEST + " bytes with CR LF)");
    }

    private static Header line(String line, int length) {
        String[] words = line.split(" ", -1);
        if (words[1].equals("UNKNOWN")) {
            return new Header.Complete(Version.V1, length, Optional.empty());
        }
        if (!words[1].equals("TCP4") && !words[1].equals("TCP6")) {
            return bad("family " + shown(words[1]) + " (expected: TCP4, TCP6 or UNKNOWN)");
        }
        if (words.length != 6) {
            return bad(words.length + " words (expected: PROXY, family, two addresses and two ports, one space between)");
        }
        try {
            int bytes = words[1].equals("TCP4") ? 4 : 16;
            return new Header.Complete(Version.V1, length, Optional.of(new Addresses(
                    new InetSocketAddress(address(words[2], bytes), port(words[4])),
                    new InetSocketAddress(address(words[3], bytes), port(words[5])))));
        } catch (IllegalArgumentException e) {
            return bad(e.getMessage());
        }
    }

    private static InetAddress address(String word, int bytes) {
        boolean fits = word.indexOf(':') >= 0 == (bytes == 16) && !LEADING_ZERO.matcher(word).find();
        try {
            byte[] raw = fits ? IpNetwork.address(word) : null;
            if (raw == null) {
                throw new IllegalArgumentException();
            }
            return InetAddress.getByAddress(raw);
        } catch (IllegalArgumentException | UnknownHostException e) {
            throw new IllegalArgumentException("address " + shown(word) + " (expected: an "
                    + (bytes == 4 ? "IPv4" : "IPv6") + " address)", e);
        }
    }

    private static int port(String word) {
        if (!word.matches("0|[1-9]\\d{0,4}") || Integer.parseInt(word) > 65535) {
            throw new IllegalArgumentException("port " + shown(word)
                    + " (expected: 0 to 65535, without sign or leading zeros)");
        }
        return Integer.parseInt(word);
    }

    private static String shown(String word) {
        String safe = word.replaceAll("[^\\x21-\\x7e]", "?");
        return "\"" + (safe.length() > 45 ? safe.substring(0, 45) + "..." : safe) + "\"";
    }

    private static Header bad(String reason) {
        return new Header.Bad(reason, true);
    }
}
