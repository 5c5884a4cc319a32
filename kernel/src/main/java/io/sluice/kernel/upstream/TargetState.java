package io.sluice.kernel.upstream;

import io.sluice.kernel.plan.CheckPlan;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What steers one target: its checks, its ejection, the operator's word. {@link Steering} thread only. */
final class TargetState {

    private static final int KEPT = 20;

    private final Map<String, CheckState> checks = new LinkedHashMap<>();
    private final Deque<ProbeReport> reports = new ArrayDeque<>();
    private final Ejection ejection = new Ejection();
    private final SlowStart slowStart = new SlowStart();
    private Health health = Health.UNCHECKED;
    /** As those know it who are told of targets that come and go. */
    private Health told = Health.UNCHECKED;
    private OperatorState operator = OperatorState.READY;
    private boolean unwatched;
    private Object word;
    private Object fall;

    Condition condition() {
        return new Condition(ejection.isOut() && health != Health.DOWN ? Health.EJECTED : health, operator,
                List.copyOf(reports));
    }

    /** The checks of the newest plan. */
    void checks(List<CheckPlan> now) {
        if (unwatched) {
            unwatched = false;
            forget();
            told = health;
        }
        Map<String, CheckState> before = new LinkedHashMap<>(checks);
        checks.clear();
        for (CheckPlan check : now) {
            CheckState state = before.get(check.name());
            if (state == null) {
                state = new CheckState(check, health);
            }
            state.check(check);
            checks.put(check.name(), state);
        }
        health = sum();
        if (checks.isEmpty()) {
            reports.clear();
            told = health;
        }
    }

    /** Nobody probes it any more: should it come back, its first result decides. */
    void unwatched() {
        unwatched = true;
    }

    private void forget() {
        checks.values().forEach(CheckState::forget);
        health = sum();
    }

    /** Takes a probe's result. */
    void probed(ProbeReport report) {
        CheckState check = checks.get(report.check());
        if (check == null) {
            return;
        }
        reports.addFirst(report);
        while (reports.size() > KEPT) {
            reports.removeLast();
        }
        check.result(report.healthy(), report.facts());
        health = sum();
    }

    private Health sum() {
        if (checks.isEmpty()) {
            return Health.UNCHECKED;
        }
        boolean unknown = false;
        for (CheckState check : checks.values()) {
            if (check.health() == Health.DOWN) {
                return Health.DOWN;
            }
            unknown |= check.health() == Health.UNKNOWN;
        }
        return unknown ? Health.UNKNOWN : Health.UP;
    }

    Health health() {
        return health;
    }

    /**
     * Whether its health is up or down and those who are told of that know it otherwise; from then on they know it. What was
     * forgotten in between, after maintenance, is no news for them.
     */
    boolean isNews() {
        boolean news = (health == Health.UP || health == Health.DOWN) && health != told;
        told = news ? health : told;
        return news;
    }

    /** Whether it passes for healthy, or each of its last probes says so. */
    boolean claims() {
        return health == Health.UNCHECKED || checks.values().stream().allMatch(CheckState::claims);
    }

    /** How new its promotion is, where a command says so. */
    Optional<BigInteger> epoch() {
        return checks.values().stream().map(check -> check.facts().get("epoch"))
                .filter(text -> text != null && text.matches("\\d{1,40}")).map(BigInteger::new)
                .max(BigInteger::compareTo);
    }

    OperatorState operator() {
        return operator;
    }

    /** It went down; answers what stands for that and for no later time. */
    Object fell() {
        fall = new Object();
        return fall;
    }

    /** Whether it has been down ever since. */
    boolean isDownSince(Object then) {
        return fall == then && health == Health.DOWN;
    }

    /**
     * Takes an operator's word; answers what stands for it and for no later one. Of a target that was not probed during
     * maintenance nothing is known after it.
     */
    Object operator(OperatorState now) {
        if (operator == OperatorState.MAINTENANCE && now != OperatorState.MAINTENANCE) {
            forget();
        }
        operator = now;
        word = new Object();
        return word;
    }

    Object word() {
        return word;
    }

    Ejection ejection() {
        return ejection;
    }

    SlowStart slowStart() {
        return slowStart;
    }
}
