package io.sluice.kernel.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code --base}: the folder that holds conf, plugins, data and logs. */
final class BaseOption {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--base", paramLabel = "DIR",
            description = "folder that holds conf/, plugins/, data/ and logs/ (default: $SLUICE_BASE, else the home folder)")
    private Path base;

    /** Where the distribution was unpacked. */
    static Path home() {
        return Path.of(System.getProperty("sluice.home", "."));
    }

    /** The base folder; a folder that is not there is a usage error. */
    Path base() {
        String variable = System.getenv("SLUICE_BASE");
        Path chosen = base != null ? base : variable != null && !variable.isEmpty() ? Path.of(variable) : home();
        if (!Files.isDirectory(chosen)) {
            throw new ParameterException(spec.commandLine(), "--base: " + chosen + " (expected: an existing folder)");
        }
        return chosen;
    }
}
