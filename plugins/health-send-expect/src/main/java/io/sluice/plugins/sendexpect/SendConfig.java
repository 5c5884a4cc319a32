package io.sluice.plugins.sendexpect;

import io.sluice.spi.config.Description;

/**
 * What to send: exactly one of {@code message} and {@code hex}.
 *
 * @param message text, sent as UTF-8
 * @param hex     bytes as pairs of hexadecimal digits; spaces between them are ignored
 * @param secret  whether transcripts show only how many bytes were sent
 */
@Description("Sends bytes to the target")
public record SendConfig(
        @Description("Text to send, as UTF-8") String message,
        @Description("Bytes to send, as pairs of hexadecimal digits") String hex,
        @Description("Keep the bytes out of transcripts, as they hold a password") boolean secret) {

    /** Without what is secret. */
    @Override
    public String toString() {
        return "SendConfig[" + (secret ? "secret" : "message=" + message + ", hex=" + hex) + "]";
    }
}
