package io.sluice.plugins.tls.material;

/**
 * One block of a PEM text (RFC 7468).
 *
 * @param label what stands behind {@code BEGIN}
 * @param der   the bytes
 * @param line  the line of its {@code BEGIN}, from 1
 */
record PemBlock(String label, byte[] der, int line) {

    boolean is(String wanted) {
        return label.equals(wanted);
    }

    /** Never the bytes: they may be a key. */
    @Override
    public String toString() {
        return label + " in line " + line;
    }
}
