package io.sluice.kernel.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The entry point of {@code bin/sluice}. */
@Command(name = "sluice", mixinStandardHelpOptions = true, description = "A plugin-based TCP and TLS gateway.",
        subcommands = {RunCommand.class, CheckCommand.class, VersionCommand.class, HelpCommand.class},
        footer = {"", "Exit codes: 0 ok, 1 failed, 2 wrong usage, 3 invalid configuration."})
public final class Main implements Runnable {

    @Spec
    private CommandSpec spec;

    private Main() {
    }

    /** Runs a command and exits with its code. */
    public static void main(String[] arguments) {
        CommandLine commands = new CommandLine(new Main());
        commands.getCommandSpec().version(VersionCommand.text());
        commands.getSubcommands().values().forEach(c -> c.getCommandSpec().version(VersionCommand.text()));
        System.exit(commands.setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((error, line, parsed) -> {
                    line.getErr().println("sluice: " + error);
                    error.printStackTrace(line.getErr());
                    return ExitCode.FAILED;
                })
                .execute(arguments));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }
}
