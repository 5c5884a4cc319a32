package io.sluice.plugins.tls.hello;

import java.util.Optional;

/** Why what a client sent is no ClientHello that can be served. The message is a sentence for people, without its bytes. */
public final class BadHello extends Exception {

    private static final long serialVersionUID = 1;

    private final transient Optional<Alert> alert;

    private BadHello(String message, Optional<Alert> alert) {
        super(message, null, false, false);
        this.alert = alert;
    }

    static BadHello with(Alert alert, String message) {
        return new BadHello(message, Optional.of(alert));
    }

    /** For a client that would not understand an alert. */
    static BadHello notTls(String message) {
        return new BadHello(message, Optional.empty());
    }

    /** What to send before closing; empty for a client that does not speak TLS. */
    public Optional<Alert> alert() {
        return alert;
    }
}
