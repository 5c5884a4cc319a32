package io.sluice.kernel.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code sluice completion}. */
@Command(name = "completion", mixinStandardHelpOptions = true, description = "Print a script that completes commands and options in bash and zsh.",
        footer = {"", "Use it with:  source <(sluice completion)"})
final class CompletionCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private OutputOption output;

    @Override
    public Integer call() throws IOException {
        output.write(AutoComplete.bash("sluice", spec.root().commandLine()));
        return ExitCode.OK;
    }
}
