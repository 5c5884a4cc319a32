package io.sluice.kernel.cli;

import io.sluice.kernel.remote.Fields;
import java.time.Instant;

/** A probe for people. */
final class Transcript {

    private Transcript() {
    }

    /** The result in a few words. */
    static String summary(Fields probe, Instant now) {
        if (probe.json().members().isEmpty()) {
            return "";
        }
        String result = probe.is("healthy") ? "passed" : "failed";
        String ago = probe.text("time").isEmpty() ? "" : " " + Amounts.age(probe.text("time"), now) + " ago";
        String reason = probe.text("reason").isEmpty() ? "" : ": " + probe.text("reason");
        return result + ago + reason;
    }

    /** The steps, one line each. */
    static void print(Fields probe, Screen screen) {
        if (probe.objects("transcript").isEmpty()) {
            screen.line("  no transcript");
            return;
        }
        Table table = new Table("  STEP", "VERDICT", ">MS", "SENT", "EXPECTED", "RECEIVED");
        for (Fields step : probe.objects("transcript")) {
            table.row("  " + step.text("step"), step.text("verdict"), step.text("duration_ms"), step.text("sent"),
                    step.text("expected"), step.text("received"));
        }
        screen.table(table);
    }
}
