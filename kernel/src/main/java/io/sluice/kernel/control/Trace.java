package io.sluice.kernel.control;

import io.sluice.spi.connection.Refusal;
import io.sluice.spi.control.Explanation.Candidate;
import io.sluice.spi.control.Explanation.Outcome;
import io.sluice.spi.control.Explanation.Step;
import io.sluice.spi.control.Explanation;
import java.util.ArrayList;
import java.util.List;

/** An explanation in the making. */
final class Trace {

    private final List<Step> steps = new ArrayList<>();
    private List<Candidate> candidates = List.of();
    private String listener;
    private String service;

    void step(String step, String result, String detail) {
        steps.add(new Step(step, result, detail));
    }

    void listener(String address) {
        listener = address;
    }

    void service(String id) {
        service = id;
    }

    void candidates(List<Candidate> all) {
        candidates = all;
    }

    /** It goes to a target. */
    Explanation accepted(String target) {
        return new Explanation(Outcome.ACCEPTED, null, listener, service, target, candidates, steps);
    }

    /** It ends here. */
    Explanation refused(String step, Refusal why) {
        step(step, "refused", why.detail().isEmpty() ? why.reason().word() : why.detail());
        return refused(why.reason().word());
    }

    /** It ends here, as the last step says. */
    Explanation refused(String reason) {
        return new Explanation(Outcome.REFUSED, reason, listener, service, null, candidates, steps);
    }

    /** The steps so far. */
    List<Step> steps() {
        return List.copyOf(steps);
    }
}
