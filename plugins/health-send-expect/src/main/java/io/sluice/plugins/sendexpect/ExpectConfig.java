package io.sluice.plugins.sendexpect;

import io.sluice.spi.config.Default;
import io.sluice.spi.config.Description;

/**
 * What to wait for: exactly one of {@code message} and {@code hex}.
 *
 * @param message text, compared as UTF-8; with {@link Match#REGEX} a pattern
 * @param hex     bytes as pairs of hexadecimal digits; spaces between them are ignored
 * @param match   how the unread bytes are compared with it
 * @param not     whether the step passes when it does <em>not</em> come
 */
@Description("Waits until the target has sent something")
public record ExpectConfig(
        @Description("Text to wait for, as UTF-8; with match regex a pattern") String message,
        @Description("Bytes to wait for, as pairs of hexadecimal digits") String hex,
        @Default("contains") @Description("How the unread bytes are compared with it") Match match,
        @Description("Pass when it has not come by the end of the step's time or of the stream") boolean not) {

    /** How unread bytes are compared with what is expected. */
    public enum Match {
        /** It occurs anywhere in them. */
        CONTAINS,
        /** They start with it. */
        PREFIX,
        /** They are it, all of them at the moment of looking. */
        EXACT,
        /** A regular expression of RE2 finds something in them. */
        REGEX
    }

    /** Without a word about it, anywhere will do. */
    public ExpectConfig {
        match = match == null ? Match.CONTAINS : match;
    }
}
