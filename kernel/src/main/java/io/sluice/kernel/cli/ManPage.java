package io.sluice.kernel.cli;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The manual page of a command with all its subcommands, in the man macros of roff (man(7)). */
final class ManPage {

    private final StringBuilder page = new StringBuilder();

    private ManPage() {
    }

    /**
     * Writes it.
     *
     * @param root    the command
     * @param version shown at its foot
     */
    static String of(CommandSpec root, String version) {
        ManPage man = new ManPage();
        man.page.append(".TH ").append(root.name().toUpperCase(Locale.ROOT)).append(" 1 \"\" \"").append(version).append("\"\n");
        man.section("NAME");
        man.text(root.name() + " - " + first(root.usageMessage().description()));
        man.section("SYNOPSIS");
        man.page.append(".B ").append(root.name()).append("\n.I command\n[options]\n");
        man.section("COMMANDS");
        root.subcommands().values().forEach(man::command);
        man.section("EXIT STATUS");
        man.text(root.usageMessage().footer());
        return man.page.toString();
    }

    private void command(CommandLine line) {
        CommandSpec command = line.getCommandSpec();
        page.append(".SS \"").append(escaped(command.qualifiedName() + command.positionalParameters().stream()
                .map(parameter -> " " + parameter.paramLabel()).collect(Collectors.joining()))).append("\"\n");
        text(command.usageMessage().description());
        text(command.usageMessage().footer());
        command.positionalParameters().forEach(this::parameter);
        command.options().stream().filter(option -> !option.usageHelp() && !option.versionHelp()).forEach(this::option);
        command.subcommands().values().forEach(this::command);
    }

    private void parameter(PositionalParamSpec parameter) {
        tagged(parameter.paramLabel(), parameter.description());
    }

    private void option(OptionSpec option) {
        tagged(String.join(", ", option.names()) + (option.arity().max() > 0 ? " " + option.paramLabel() : ""), option.description());
    }

    private void tagged(String tag, String[] description) {
        page.append(".TP\n.B ").append(escaped(tag)).append('\n');
        text(description);
    }

    private void section(String name) {
        page.append(".SH ").append(name).append('\n');
    }

    private void text(String... lines) {
        List.of(lines).stream().filter(line -> !line.isBlank()).forEach(line -> page.append(escaped(line)).append('\n'));
    }

    private static String first(String[] lines) {
        return lines.length == 0 ? "" : lines[0];
    }

    /** A hyphen that is to be copied, a backslash, and what begins a macro. */
    private static String escaped(String text) {
        String safe = text.replace("\\", "\\e").replace("-", "\\-").replace("\"", "\\(dq");
        return safe.startsWith(".") || safe.startsWith("'") ? "\\&" + safe : safe;
    }
}
