package io.sluice.kernel.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code sluice man}. */
@Command(name = "man", mixinStandardHelpOptions = true, description = "Print the manual page of all commands.",
        footer = {"", "Read it with:  sluice man | man -l -"})
final class ManCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().getOut().print(ManPage.of(spec.root(), "sluice " + VersionCommand.version()));
        return ExitCode.OK;
    }
}
