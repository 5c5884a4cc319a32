package io.sluice.kernel.upstream;

import io.sluice.kernel.plan.CheckPlan;
import java.util.Map;

/** One check of one target over its probes: results in a row, and what they amount to. Steering thread only. */
final class CheckState {

    private CheckPlan check;
    private Health health;
    private boolean decided;
    private int streak;
    private boolean lastPassed;
    private Map<String, String> facts = Map.of();

    /**
     * @param before what was known of the target until now
     */
    CheckState(CheckPlan check, Health before) {
        this.check = check;
        this.health = before == Health.UP || before == Health.DOWN ? before : Health.UNKNOWN;
        this.lastPassed = health == Health.UP;
    }

    /** The check as the newest plan has it; a changed one keeps the state until its first result. */
    void check(CheckPlan now) {
        if (!check.probesAlike(now)) {
            decided = false;
            streak = 0;
        }
        check = now;
    }

    /** Nothing is known any more: nobody has looked for a while. */
    void forget() {
        health = Health.UNKNOWN;
        decided = false;
        streak = 0;
        lastPassed = false;
        facts = Map.of();
    }

    /** Takes a result. The first one decides at once, later ones when there are enough of them in a row. */
    void result(boolean passed, Map<String, String> learnt) {
        streak = decided && passed == lastPassed ? streak + 1 : 1;
        lastPassed = passed;
        facts = learnt;
        if (!decided || streak >= (passed ? check.rules().rise() : check.rules().fall())) {
            health = passed ? Health.UP : Health.DOWN;
        }
        decided = true;
    }

    Health health() {
        return health;
    }

    /** Whether it is healthy, or its last probe says so although that is not enough yet. */
    boolean claims() {
        return health == Health.UP || lastPassed;
    }

    Map<String, String> facts() {
        return facts;
    }
}
