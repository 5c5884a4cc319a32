package io.sluice.spi.control;

import java.time.Instant;

/**
 * A connection that was refused, and what the explanation was at that moment.
 *
 * @param id          as in its access record
 * @param time        when it ended
 * @param client      the presented client
 * @param detail      one sentence; may be empty
 * @param explanation the decisions that led to it
 * @since 1.0
 */
public record RefusedConnection(String id, Instant time, String client, String detail, Explanation explanation) {
}
