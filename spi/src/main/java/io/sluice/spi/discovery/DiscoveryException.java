package io.sluice.spi.discovery;

/**
 * Why targets could not be found out.
 *
 * @since 1.0
 */
public final class DiscoveryException extends Exception {

    private static final long serialVersionUID = 1L;

    /**
     * @param sentence for the operator: who was asked, and what is wrong with the answer, as
     *                 {@code value (expected: rule)}; a few hundred characters at most, without secrets
     */
    public DiscoveryException(String sentence) {
        super(sentence);
    }

    /**
     * The same with a cause, which goes to the log at debug level.
     */
    public DiscoveryException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
