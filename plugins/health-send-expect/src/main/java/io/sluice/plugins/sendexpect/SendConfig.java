package io.sluice.plugins.sendexpect;

import io.sluice.spi.config.Description;

/**
 * What to send: exactly one of the two.
 *
 * @param message text, sent as UTF-8
 * @param hex     bytes as pairs of hexadecimal digits; spaces between them are ignored
 */
@Description("Sends bytes to the target")
public record SendConfig(
        @Description("Text to send, as UTF-8") String message,
        @Description("Bytes to send, as pairs of hexadecimal digits") String hex) {
}
