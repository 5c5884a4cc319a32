package io.sluice.spi.control;

import java.util.List;

/**
 * What becomes of a client, and why.
 *
 * @param outcome    what becomes of it
 * @param reason     why it is refused: a word of the closed list of close reasons; {@code null} when it is accepted
 * @param listener   the listener's address; {@code null} if none listens
 * @param service    the service's id; {@code null} if none is chosen
 * @param target     the id of the target that would be picked next; {@code null} if none
 * @param candidates the service's targets, and which of them are in
 * @param steps      how it came to this, in order
 * @since 1.0
 */
public record Explanation(Outcome outcome, @Nullable String reason, @Nullable String listener, @Nullable String service,
        @Nullable String target, List<Candidate> candidates, List<Step> steps) {

    public Explanation {
        candidates = List.copyOf(candidates);
        steps = List.copyOf(steps);
    }

    /** What becomes of a client. */
    public enum Outcome {
        ACCEPTED, REFUSED
    }

    /**
     * A target.
     *
     * @param target   its id
     * @param weight   how much it gets beside the others
     * @param priority its group
     * @param health   what its checks say
     * @param state    what operators say
     * @param in       whether it may be picked
     * @param reason   why not; {@code null} if it is in
     */
    public record Candidate(String target, int weight, int priority, TargetStatus.Health health,
            TargetStatus.State state, boolean in, @Nullable String reason) {
    }

    /**
     * One decision.
     *
     * @param step   what decides: {@code listener}, {@code layer}, {@code route}, {@code access}, {@code limits},
     *               {@code candidates}, {@code pick}
     * @param result what it decides, in a word
     * @param detail one sentence
     */
    public record Step(String step, String result, String detail) {
    }
}
