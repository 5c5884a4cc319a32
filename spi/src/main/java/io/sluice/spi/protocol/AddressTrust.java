package io.sluice.spi.protocol;

/**
 * Whose word a layer takes for the client's address.
 *
 * @since 1.0
 */
public enum AddressTrust {
    /** The socket's: the layer does not change it. */
    SOCKET,
    /** That of listed senders only. */
    LISTED_SENDERS,
    /** Anyone's: whoever connects may claim any address. */
    ANY_SENDER
}
