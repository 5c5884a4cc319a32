package io.sluice.kernel.control;

import io.sluice.kernel.json.BadJson;
import io.sluice.kernel.json.JsonReader;
import io.sluice.kernel.json.JsonValue.JsonObject;
import io.sluice.kernel.plan.LooseCheck;
import io.sluice.kernel.plan.PlanInput;
import io.sluice.kernel.problem.Problem;
import io.sluice.spi.control.ControlRefused.Reason;
import io.sluice.spi.control.ControlRefused;
import java.util.List;
import java.util.Optional;

/** Conversations that are tried before they are saved. Nothing in them is expanded. */
public final class Conversations {

    private Conversations() {
    }

    /**
     * Reads one.
     *
     * @throws ControlRefused if anything is wrong with it
     */
    public static LooseCheck read(String text, PlanInput input) throws ControlRefused {
        try {
            if (!(JsonReader.read("", text, Optional.empty()) instanceof JsonObject entry)) {
                throw new ControlRefused(Reason.INVALID, "this is no check (expected: one entry of check_list, in braces)");
            }
            LooseCheck check = LooseCheck.of(entry, input);
            if (check.address().isEmpty()) {
                List<Problem> errors = check.problems();
                throw new ControlRefused(Reason.INVALID, "the check is not in order", Problems.of(errors));
            }
            if (check.check().isEmpty()) {
                throw new ControlRefused(Reason.UNAVAILABLE, "probing is switched off (uptime_tests.disable in conf/sluice.json)");
            }
            return check;
        } catch (BadJson e) {
            throw new ControlRefused(Reason.INVALID, "the check cannot be read", Problems.of(e.problems()));
        }
    }
}
