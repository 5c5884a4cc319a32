package io.sluice.kernel.config;

/** A target as definitions write it: {@code host:port}, {@code [v6]:port} or {@code scheme://host:port}. */
public sealed interface TargetUrl {

    /**
     * A target.
     *
     * @param scheme empty if none is written
     * @param host   without brackets; in lower case
     * @param port   1 to 65535
     */
    record Good(String scheme, String host, int port) implements TargetUrl {
    }

    /**
     * Not a target.
     *
     * @param message the text and the rule
     * @param hint    what to do
     */
    record Bad(String message, String hint) implements TargetUrl {
    }

    /** Parses a text; never throws. */
    static TargetUrl parse(String text) {
        return TargetUrlParser.parse(text);
    }
}
