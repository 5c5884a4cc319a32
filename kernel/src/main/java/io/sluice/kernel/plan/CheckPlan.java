package io.sluice.kernel.plan;

import io.sluice.kernel.json.JsonValue;
import io.sluice.kernel.plugin.Generation;
import io.sluice.kernel.problem.Place;
import io.sluice.spi.health.PreparedCommand;
import io.sluice.spi.protocol.UpstreamLayer;
import java.time.Duration;
import java.util.List;

/**
 * One health check of one target, ready to be probed.
 *
 * @param name     which entry of the definition it is: {@code check_list[0]}, {@code default_check}
 * @param scheme   how the target is spoken to
 * @param layers   what is opened before the conversation begins, outermost first
 * @param commands the conversation; empty when the connection itself is the check
 * @param rules    how often, how long, how many results in a row
 * @param source   the entry as it was written
 */
public record CheckPlan(String name, String scheme, List<UpstreamLayer> layers, List<Command> commands, Rules rules,
        JsonValue source) {

    private static final Duration USUAL = Duration.ofSeconds(5);

    public CheckPlan {
        layers = List.copyOf(layers);
        commands = List.copyOf(commands);
    }

    /** What asks nothing: the connection is all. */
    public static CheckPlan connection(String scheme, List<UpstreamLayer> layers) {
        return new CheckPlan("connection", scheme, layers, List.of(), new Rules(USUAL, USUAL, USUAL, 1, 1),
                new JsonValue.JsonNull(Place.NONE));
    }

    /** Whether the other asks the same of a target as this, so that results of both can be counted together. */
    public boolean probesAlike(CheckPlan other) {
        return scheme.equals(other.scheme) && rules.equals(other.rules) && source.equals(other.source)
                && generations().equals(other.generations());
    }

    private List<Generation> generations() {
        return commands.stream().map(Command::generation).toList();
    }

    /**
     * One step of a conversation.
     *
     * @param name        the command's name, for the transcript
     * @param prepared    the command
     * @param expectation what it wants to see; empty if nothing
     * @param timeout     of this step; zero when only the probe's own deadline counts
     * @param generation  the plugin that it comes from
     */
    public record Command(String name, PreparedCommand prepared, String expectation, Duration timeout,
            Generation generation) {
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
