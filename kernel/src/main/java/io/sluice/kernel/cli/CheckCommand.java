package io.sluice.kernel.cli;

import io.sluice.kernel.gateway.Checker;
import io.sluice.kernel.gateway.Folders;
import io.sluice.kernel.json.JsonText;
import io.sluice.kernel.problem.Problem;
import io.sluice.kernel.problem.ProblemPrinter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sluice check}: validates everything without opening a port. */
@Command(name = "check", mixinStandardHelpOptions = true, description = "Validate settings, definitions and plugins without opening a port.",
        footer = {"", "Exit codes: 0 clean or warnings only, 3 errors."})
final class CheckCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private BaseOption base;

    @Parameters(paramLabel = "FILE|DIR", description = "definitions to check instead of those of the base folder")
    private List<Path> files = List.of();

    @Option(names = "--format", paramLabel = "text|json", description = "how problems are printed (default: text)")
    private Format format = Format.TEXT;

    @Option(names = "--verbose", description = "also list the fields that are accepted and ignored")
    private boolean verbose;

    @Override
    public Integer call() throws IOException {
        // what plugins log while they are loaded is the running gateway's business
        System.getProperties().putIfAbsent("sluice.log.level", "warn");
        for (Path file : files) {
            if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                throw new ParameterException(spec.commandLine(), file + ": no such file or folder");
            }
        }
        Folders folders = new Folders(BaseOption.home(), base.base(), false);
        Checker.Report report = Checker.check(folders, files);
        PrintWriter out = spec.commandLine().getOut();
        if (format == Format.JSON) {
            out.println(JsonText.write(Map.of("problems",
                    report.problems().stream().map(ProblemPrinter::json).toList())));
        } else {
            print(report, out);
        }
        out.flush();
        return report.problems().stream().anyMatch(Problem::isError) ? ExitCode.INVALID_CONFIGURATION : ExitCode.OK;
    }

    private void print(Checker.Report report, PrintWriter out) {
        new ProblemPrinter(report.sources()).print(report.problems(), out);
        if (verbose) {
            report.ignored().forEach((file, fields) ->
                    out.println(file + ": accepted and ignored, because they only make sense for HTTP: "
                            + String.join(", ", fields)));
        }
        long errors = report.problems().stream().filter(Problem::isError).count();
        long warnings = report.problems().size() - errors;
        out.println(errors + (errors == 1 ? " error, " : " errors, ") + warnings
                + (warnings == 1 ? " warning, " : " warnings, ") + report.services() + " services");
    }
}
