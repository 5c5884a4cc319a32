package io.sluice.kernel.control;

import io.sluice.kernel.plan.RawService;
import io.sluice.spi.control.ControlRefused.Reason;
import io.sluice.spi.control.ControlRefused;
import io.sluice.spi.control.Expectation;

/** Whether what someone believes of a stored definition is true. */
final class Expectations {

    private Expectations() {
    }

    static void check(Expectation expectation, String id, RawService stored) throws ControlRefused {
        boolean there = stored != null;
        if (expectation instanceof Expectation.Unstated && there) {
            throw new ControlRefused(Reason.PRECONDITION_REQUIRED, "service " + id
                    + " exists: say which definition you mean to replace (expected: If-Match with its ETag, or *)");
        }
        if (expectation instanceof Expectation.Absent && there) {
            throw new ControlRefused(Reason.STALE, "service " + id + " exists already");
        }
        if ((expectation instanceof Expectation.Tagged || expectation instanceof Expectation.Present) && !there) {
            throw new ControlRefused(Reason.STALE, "there is no service " + id);
        }
        if (expectation instanceof Expectation.Tagged tagged && !tagged.etags().contains(EntityTag.of(stored.json()))) {
            throw new ControlRefused(Reason.STALE, "service " + id
                    + " has changed since you read it: read it again, and put your change on top");
        }
    }
}
