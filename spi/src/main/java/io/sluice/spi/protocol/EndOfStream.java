package io.sluice.spi.protocol;

/**
 * The end of one direction, for layers that frame the stream (TLS) and must frame its end too.
 *
 * <p><b>Outbound.</b> When the other side's stream has ended, the kernel <em>writes</em> {@link #CLEAN} as a message, behind
 * all bytes. A layer's handler may catch it in {@code write}, write its own end first (close_notify), and then passes the
 * message on with its promise; outside all layers the kernel turns it into a FIN. A handler that does nothing lets it
 * pass.
 *
 * <p><b>Inbound.</b> A layer whose peer has ended the stream within the framing fires one of these as a <em>user event</em>,
 * behind all bytes, and keeps the socket's own {@code ChannelInputShutdownEvent} to itself. A connection without such a
 * layer ends with that event of Netty's, which the kernel understands.
 *
 * @since 1.0
 */
public enum EndOfStream {
    /** The stream ended as its protocol says. */
    CLEAN,
    /**
     * Inbound only: the stream ended as its protocol says, and the peer takes nothing more either. Once all that it sent is
     * delivered, the connection ends.
     */
    FINAL,
    /** The stream broke off: the other side must see an end, but never a forged clean one. */
    TRUNCATED
}
