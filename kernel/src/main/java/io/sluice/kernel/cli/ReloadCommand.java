package io.sluice.kernel.cli;

import io.sluice.kernel.remote.AdminFailure;
import io.sluice.kernel.remote.Answer;
import io.sluice.kernel.remote.Fields;
import io.sluice.kernel.remote.ProblemLines;
import io.sluice.kernel.remote.Route;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sluice reload}: files and plugins are read now. */
@Command(name = "reload", mixinStandardHelpOptions = true, description = "Read settings, definitions and plugins now, instead of within the next two seconds.",
        footer = {"", "Exit codes: 0 clean or warnings only, 3 something is wrong; what is in order is in effect all the same."})
final class ReloadCommand implements Callable<Integer> {

    @Mixin
    private AdminOptions admin;

    @Mixin
    private FormatOption format;

    @Option(names = "--dry-run", description = "only say what settings and definitions would change")
    private boolean dryRun;

    @Override
    public Integer call() throws AdminFailure {
        Answer answer = admin.client().send("POST", Route.of("v1", "reload").with("dry_run", dryRun ? true : null), "");
        format.print(answer, dryRun ? ReloadCommand::printPreview : ReloadCommand::print);
        boolean errors = answer.fields().objects("problems").stream().anyMatch(one -> one.text("severity").equals("error"));
        return errors ? ExitCode.INVALID_CONFIGURATION : ExitCode.OK;
    }

    private static void print(Answer answer, Screen screen) {
        screen.line("revision " + answer.fields().text("revision") + " is in effect");
        printProblems(answer, screen);
    }

    private static void printPreview(Answer answer, Screen screen) {
        List<Fields> changes = answer.fields().objects("changes");
        if (changes.isEmpty()) {
            screen.line("no service would change");
        } else {
            Table table = new Table("SERVICE", "CHANGE", "FIELDS", ">CONNECTIONS", ">CLOSED");
            changes.forEach(change -> table.row(change.text("service"), change.text("change"),
                    change.text("fields"), change.text("connections_affected"), change.text("connections_closed")));
            screen.table(table);
        }
        printProblems(answer, screen);
    }

    private static void printProblems(Answer answer, Screen screen) {
        answer.fields().objects("problems").forEach(problem -> ProblemLines.of(problem).forEach(screen::line));
    }
}
