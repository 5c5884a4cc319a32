package io.sluice.kernel.plan;

import io.sluice.spi.health.PreparedCommand;
import java.time.Duration;
import java.util.List;

/**
 * One health check of one target, ready to be probed.
 *
 * @param target   the id of the target that it decides about
 * @param commands the conversation; empty when the connection itself is the check
 * @param rules    how often, how long, how many results in a row
 */
public record CheckPlan(String target, List<Command> commands, Rules rules) {

    public CheckPlan {
        commands = List.copyOf(commands);
    }

    /**
     * One step of a conversation.
     *
     * @param name     the command's name, for the transcript
     * @param prepared the command
     * @param timeout  of this step; zero when only the probe's own deadline counts
     */
    public record Command(String name, PreparedCommand prepared, Duration timeout) {
    }

    /**
     * How a check is run.
     *
     * @param interval          from start to start while healthy
     * @param unhealthyInterval from start to start while not
     * @param timeout           deadline of a whole probe
     * @param rise              passes in a row that make a target healthy
     * @param fall              failures in a row that make it unhealthy
     */
    public record Rules(Duration interval, Duration unhealthyInterval, Duration timeout, int rise, int fall) {
    }
}
