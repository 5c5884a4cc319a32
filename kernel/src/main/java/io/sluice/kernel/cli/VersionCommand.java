package io.sluice.kernel.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code sluice version}. */
@Command(name = "version", mixinStandardHelpOptions = true, description = "Print the version of the gateway and of the Java it runs on.")
final class VersionCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    /** The gateway's version, from its jar's manifest. */
    static String version() {
        String version = VersionCommand.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    static String text() {
        return "sluice " + version() + " (Java " + Runtime.version() + ")";
    }

    @Override
    public Integer call() {
        spec.commandLine().getOut().println(text());
        return ExitCode.OK;
    }
}
