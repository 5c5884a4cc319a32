package io.sluice.kernel.cli;

import io.sluice.kernel.remote.AdminFailure;
import io.sluice.kernel.remote.Route;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code sluice ready}: undoes {@code drain}. */
@Command(name = "ready", mixinStandardHelpOptions = true, description = "Let a target take connections again: undoes drain and maintenance.")
final class ReadyCommand implements Callable<Integer> {

    @Mixin
    private AdminOptions admin;

    @Mixin
    private FormatOption format;

    @Mixin
    private TargetOptions target;

    @Override
    public Integer call() throws AdminFailure {
        format.print(target.send(admin.client(), "ready", new Route("")),
                (answer, screen) -> screen.line(target + ": ready"));
        return ExitCode.OK;
    }
}
