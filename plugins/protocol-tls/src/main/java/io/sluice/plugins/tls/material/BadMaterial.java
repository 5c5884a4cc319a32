package io.sluice.plugins.tls.material;

/**
 * What is wrong with a certificate, a key or whatever else was given. The message is one sentence of the form
 * {@code what (expected: rule)}, bounded, and never shows key material.
 */
public final class BadMaterial extends Exception {

    private static final long serialVersionUID = 1;

    private final String hint;

    BadMaterial(String message, String hint) {
        super(message);
        this.hint = hint;
    }

    /** What to do next; may be empty. */
    public String hint() {
        return hint;
    }
}
