package io.sluice.kernel.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code sluice man}. */
@Command(name = "man", mixinStandardHelpOptions = true, description = "Print the manual page of all commands.",
        footer = {"", "Read it with:  sluice man | man -l -"})
final class ManCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private OutputOption output;

    @Override
    public Integer call() throws IOException {
        output.write(ManPage.of(spec.root(), "sluice " + VersionCommand.version()));
        return ExitCode.OK;
    }
}
