package io.sluice.kernel.gateway;

import io.sluice.kernel.config.ConfigText;
import io.sluice.kernel.plan.Plan;
import io.sluice.kernel.plan.PlanResult;
import io.sluice.kernel.problem.LiveProblems;
import io.sluice.kernel.problem.Place;
import io.sluice.kernel.problem.Problem;
import io.sluice.kernel.runtime.GatewayRuntime;
import io.sluice.kernel.runtime.ListenerStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What people are told of the gateway at work: in the ready file, in the log and as events. Nothing is told before the
 * first plan is in effect. Used by the control thread, and by whoever closes the gateway when that thread has ended.
 */
final class Bulletin {

    private static final String CODE = "ready_file_not_written";

    private final GatewayRuntime runtime;
    private final PlanReport report;
    private final Supplier<Door.Open> admin;
    private final Optional<ReadyFile> readyFile;
    private final ListenerProblems listenerProblems;
    private volatile PlanResult result;
    private volatile boolean isBehind;

    /**
     * @param report    of what has changed
     * @param admin     where the admin API is open
     * @param readyFile where to say what is open
     */
    Bulletin(GatewayRuntime runtime, PlanReport report, Supplier<Door.Open> admin, Optional<Path> readyFile) {
        this.runtime = runtime;
        this.report = report;
        this.admin = admin;
        this.listenerProblems = new ListenerProblems(runtime.problems());
        this.readyFile = readyFile.map(ReadyFile::new);
    }

    /** Removes what an earlier run left in the ready file. What cannot be removed may still be replaced. */
    void begin() {
        if (readyFile.isPresent()) {
            try {
                readyFile.get().clear();
            } catch (IOException e) {
                notWritten(e);
            }
        }
    }

    /** This plan is in effect. */
    void applied(PlanResult now) {
        result = now;
        listenersChanged();
    }

    void listenersChanged() {
        if (result == null) {
            return;
        }
        List<ListenerStatus> listeners = runtime.listeners();
        report.listeners(listeners);
        listenerProblems.compare(listeners, result);
        write();
    }

    void problemChanged(LiveProblems.Change change) {
        report.changed(change);
        write();
    }

    void adminChanged() {
        write();
    }

    /** Whether nothing of what is wanted is open, and no operator can come in either. */
    boolean isClosed() {
        return runtime.listeners().stream().noneMatch(ListenerStatus::open) && admin.get().isNowhere();
    }

    private synchronized void write() {
        if (readyFile.isEmpty() || result == null) {
            return;
        }
        Plan plan = result.plan();
        // what is wrong with the plan, then what is wrong with that which runs
        List<Problem> problems = new ArrayList<>(plan.problems());
        problems.addAll(runtime.problems().all());
        try {
            readyFile.get().write(plan, admin.get(), runtime.listeners(), problems);
            isBehind = false;
            runtime.problems().clear(CODE, "", "");
        } catch (IOException e) {
            notWritten(e);
        }
    }

    /** Raised again with the same words it is no news, and so it ends here. */
    private void notWritten(IOException why) {
        isBehind = true;
        runtime.problems().raise(Problem.warning(CODE, Place.file(readyFile.map(ReadyFile::toString).orElse("")),
                "the ready file cannot be written: " + ConfigText.why(why) + " (expected: a folder that the gateway may write)",
                "whoever reads it sees what was; it is tried again until it can be written"), "");
    }

    /** Writes the ready file if that could not be done the last time. */
    void tryAgain() {
        if (isBehind) {
            write();
        }
    }
}
