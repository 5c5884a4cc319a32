package io.sluice.kernel.cli;

import io.sluice.kernel.remote.AdminFailure;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** The entry point of {@code bin/sluice}. */
@Command(name = "sluice", mixinStandardHelpOptions = true, description = "A plugin-based TCP and TLS gateway.",
        subcommands = {RunCommand.class, CheckCommand.class, SchemaCommand.class, StatusCommand.class, ServicesCommand.class,
            TargetsCommand.class, ConnectionsCommand.class, CertificatesCommand.class, PluginsCommand.class,
            ExplainCommand.class, DrainCommand.class, ReadyCommand.class, ReloadCommand.class, CompletionCommand.class, ManCommand.class,
            VersionCommand.class, HelpCommand.class},
        footer = {"", "Exit codes: 0 ok, 1 failed, 2 wrong usage, 3 invalid configuration,",
            "4 gateway not reachable, 5 refused (the key of the admin API)."})
public final class Main implements Runnable {

    @Spec
    private CommandSpec spec;

    private Main() {
    }

    /** Runs a command and exits with its code. */
    public static void main(String[] arguments) {
        CommandLine commands = commands();
        int code = commands.execute(arguments);
        // what a command printed must not be lost with the process
        commands.getOut().flush();
        commands.getErr().flush();
        System.exit(code);
    }

    static CommandLine commands() {
        CommandLine commands = new CommandLine(new Main());
        name(commands);
        return commands.setCaseInsensitiveEnumValuesAllowed(true).setExecutionExceptionHandler(Main::failed);
    }

    private static void name(CommandLine command) {
        command.getCommandSpec().version(VersionCommand.text());
        command.getSubcommands().values().forEach(Main::name);
    }

    private static int failed(Exception error, CommandLine line, ParseResult parsed) {
        PrintWriter err = line.getErr();
        if (error instanceof AdminFailure failure) {
            err.println("sluice: " + Screen.printable(failure.getMessage()));
            failure.details().forEach(detail -> err.println("  " + Screen.printable(detail)));
            return ExitCode.of(failure);
        }
        err.println("sluice: " + error);
        error.printStackTrace(err);
        return ExitCode.FAILED;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }
}
