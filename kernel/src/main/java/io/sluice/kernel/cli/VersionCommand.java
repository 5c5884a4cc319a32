package io.sluice.kernel.cli;

import io.sluice.kernel.json.JsonText;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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

    @Option(names = "--format", paramLabel = "text|json", description = "a line for people, or an object for programs (default: text)")
    private Format format = Format.TEXT;

    @Override
    public Integer call() {
        Map<String, String> json = new LinkedHashMap<>();
        json.put("version", version());
        json.put("java", Runtime.version().toString());
        spec.commandLine().getOut().println(format == Format.JSON ? JsonText.write(json) : text());
        return ExitCode.OK;
    }
}
