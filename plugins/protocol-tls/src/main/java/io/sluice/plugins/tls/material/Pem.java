package io.sluice.plugins.tls.material;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the blocks of a PEM text (RFC 7468, lax parsing): any line ends, any whitespace inside, any text between blocks.
 */
final class Pem {

    /** The most bytes that are looked at. */
    static final int LARGEST = 1024 * 1024;
    /** The most blocks: more than any operating system's trust store has. */
    static final int MOST_BLOCKS = 1000;

    private static final Pattern BOUNDARY = Pattern.compile("-----(BEGIN|END) ([A-Z0-9 ]{1,64})-----");
    private static final String DASHES = "-----";

    private Pem() {
    }

    /** Whether bytes look like DER rather than text: a SEQUENCE. */
    static boolean isDer(byte[] bytes) {
        return bytes.length > 2 && bytes[0] == 0x30 && (bytes[1] & 0x80) != 0;
    }

    /** All blocks; at least one. */
    static List<PemBlock> blocks(byte[] bytes) throws BadMaterial {
        if (bytes.length > LARGEST) {
            throw new BadMaterial(bytes.length + " bytes (expected: at most " + LARGEST + ")", "");
        }
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        if (text.isBlank()) {
            throw new BadMaterial("it is empty (expected: PEM text)", "a file that is being written shows up empty for a moment");
        }
        List<PemBlock> blocks = new ArrayList<>();
        Matcher boundary = BOUNDARY.matcher(text);
        Lines lines = new Lines(text);
        while (boundary.find()) {
            int line = lines.at(boundary.start());
            String label = boundary.group(2);
            if (boundary.group(1).equals("END")) {
                throw new BadMaterial("END " + label + " in line " + line + " has no BEGIN (expected: whole blocks)",
                        "a line was lost, or the file is cut off at its start");
            }
            int from = boundary.end();
            if (!boundary.find() || boundary.group(1).equals("BEGIN")) {
                throw new BadMaterial("BEGIN " + label + " in line " + line + " has no END (expected: whole blocks)",
                        "the file is cut off, or still being written");
            }
            if (!boundary.group(2).equals(label)) {
                throw new BadMaterial("BEGIN " + label + " in line " + line + " ends with END " + boundary.group(2)
                        + " (expected: the same words)", "");
            }
            if (blocks.size() == MOST_BLOCKS) {
                throw new BadMaterial("more than " + MOST_BLOCKS + " blocks (expected: at most that many)", "");
            }
            blocks.add(new PemBlock(label, decode(text.substring(from, boundary.start()), label, line), line));
        }
        if (blocks.isEmpty()) {
            throw Foreign.refuse(bytes, text);
        }
        return blocks;
    }

    private static byte[] decode(String body, String label, int line) throws BadMaterial {
        if (body.contains("ENCRYPTED") || label.startsWith("ENCRYPTED")) {
            throw new BadMaterial("the private key in line " + line + " is encrypted (expected: a key without a password)",
                    "write it out without its password: openssl pkey -in KEY -out PLAIN, mode 600");
        }
        if (body.contains(DASHES)) {
            throw new BadMaterial("the block in line " + line + " holds a damaged boundary (expected: -----END " + label
                    + "-----)", "");
        }
        try {
            byte[] der = Base64.getDecoder().decode(body.replaceAll("\\s+", ""));
            if (der.length > 0) {
                return der;
            }
        } catch (IllegalArgumentException e) {
            throw new BadMaterial("the " + label + " in line " + line + " is not base64 (expected: base64 between its boundaries)",
                    "the file was damaged or is cut off");
        }
        throw new BadMaterial("the " + label + " in line " + line + " is empty (expected: base64)", "");
    }

    /** Line numbers for rising offsets. */
    private static final class Lines {

        private final String text;
        private int line = 1;
        private int seen;

        Lines(String text) {
            this.text = text;
        }

        int at(int offset) {
            for (; seen < offset; seen++) {
                if (text.charAt(seen) == '\n') {
                    line++;
                }
            }
            return line;
        }
    }
}
