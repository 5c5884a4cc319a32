package io.sluice.spi.config;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/**
 * A certificate, a chain, a key or a revocation list that a definition refers to: the component type for fields in which
 * an operator writes an id of the certificate store, the path of a file, or the PEM text itself.
 *
 * <p>The kernel finds and reads it before the extension is asked to prepare anything, and compiles the service again when
 * the file changes. What it holds is not looked at: that is the extension's part. Immutable; thread-safe.
 *
 * <p>May hold a private key, so neither {@link #toString} nor a problem shows the contents.
 *
 * @since 1.0
 */
public final class Material {

    /** The most bytes that a material may have. */
    public static final int LARGEST = 1024 * 1024;

    private static final String INLINE = "inline PEM";

    private final String name;
    private final byte[] bytes;

    private Material(String name, byte[] bytes) {
        this.name = Objects.requireNonNull(name, "name");
        this.bytes = bytes;
    }

    /** PEM text that stands in the definition itself. */
    public static Material inline(String pem) {
        return new Material(INLINE, pem.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * What was read from a file.
     *
     * @param name  the file as people know it, for messages
     * @param bytes its contents, at most {@link #LARGEST}; copied
     */
    public static Material of(String name, byte[] bytes) {
        return new Material(name, bytes.clone());
    }

    /** Where it comes from, for messages: a file's name, or {@code inline PEM}. */
    public String name() {
        return name;
    }

    /** A copy of the contents. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** The contents as text; bytes that are not ASCII, as in a DER file, become one character each. */
    public String text() {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Material material && name.equals(material.name) && Arrays.equals(bytes, material.bytes);
    }

    @Override
    public int hashCode() {
        return 31 * name.hashCode() + Arrays.hashCode(bytes);
    }

    /** Its name, never its contents. */
    @Override
    public String toString() {
        return name;
    }
}
