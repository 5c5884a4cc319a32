package io.sluice.kernel.cli;

import io.sluice.kernel.remote.AdminFailure;
import io.sluice.kernel.remote.Answer;
import io.sluice.kernel.remote.Route;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code sluice reload}: files and plugins are read now. */
@Command(name = "reload", mixinStandardHelpOptions = true, description = "Read settings, definitions and plugins now, instead of within the next two seconds.")
final class ReloadCommand implements Callable<Integer> {

    @Mixin
    private AdminOptions admin;

    @Mixin
    private FormatOption format;

    @Override
    public Integer call() throws AdminFailure {
        format.print(admin.client().send("POST", Route.of("v1", "reload"), ""), ReloadCommand::print);
        return ExitCode.OK;
    }

    private static void print(Answer answer, Screen screen) {
        screen.line("revision " + answer.fields().text("revision") + " is in effect");
    }
}
