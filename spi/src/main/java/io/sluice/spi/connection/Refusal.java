package io.sluice.spi.connection;

import java.util.Objects;

/**
 * Why a connection is not served.
 *
 * @param reason the word for counters and access records
 * @param detail one sentence for people; bounded by whoever makes it (at most a few hundred characters), never holds
 *               secrets or unescaped bytes of the peer
 * @since 1.0
 */
public record Refusal(CloseReason reason, String detail) {

    public Refusal {
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(detail, "detail");
    }
}
