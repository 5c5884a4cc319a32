package io.sluice.kernel.cli;

import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
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
        // in some languages digits are other ones: file names and versions of packages must not be written with them
        Locale.setDefault(Locale.ROOT);
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
        Failures failures = new Failures(commands.getParameterExceptionHandler());
        return commands.setCaseInsensitiveEnumValuesAllowed(true).setExecutionExceptionHandler(failures)
                .setParameterExceptionHandler(failures);
    }

    private static void name(CommandLine command) {
        command.getCommandSpec().version(VersionCommand.text());
        command.getSubcommands().values().forEach(Main::name);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }
}
