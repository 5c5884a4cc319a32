package io.sluice.kernel.cli;

import io.sluice.kernel.json.JsonText;
import io.sluice.kernel.remote.AdminFailure;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * What becomes of a command that fails: words for people on stderr, an exit code, and with {@code --format json} an object
 * in the shape of RFC 9457 on stdout, so that a program always has JSON to read.
 */
final class Failures implements IExecutionExceptionHandler, IParameterExceptionHandler {

    private final IParameterExceptionHandler usage;

    /**
     * @param usage prints what is wrong with the usage, for people
     */
    Failures(IParameterExceptionHandler usage) {
        this.usage = usage;
    }

    @Override
    public int handleExecutionException(Exception error, CommandLine line, ParseResult parsed) {
        PrintWriter err = line.getErr();
        boolean json = line.getParseResult() != null
                && line.getParseResult().matchedOptionValue("--format", Format.TEXT) == Format.JSON;
        if (error instanceof AdminFailure failure) {
            int code = ExitCode.of(failure);
            err.println("sluice: " + Screen.printable(failure.getMessage()));
            failure.details().forEach(detail -> err.println("  " + Screen.printable(detail)));
            if (json) {
                print(line, new LinkedHashMap<>(failure.said()), code(failure),
                        failure.getMessage(), failure.details(), code);
            }
            return code;
        }
        err.println("sluice: " + error);
        error.printStackTrace(err);
        if (json) {
            print(line, new LinkedHashMap<>(), "failed", error.toString(), List.of(), ExitCode.FAILED);
        }
        return ExitCode.FAILED;
    }

    @Override
    public int handleParseException(ParameterException error, String[] arguments) throws Exception {
        int code = usage.handleParseException(error, arguments);
        List<String> all = Arrays.asList(arguments);
        boolean json = all.stream().anyMatch("--format=json"::equalsIgnoreCase) || all.indexOf("--format") >= 0
                && all.indexOf("--format") + 1 < all.size() && all.get(all.indexOf("--format") + 1).equalsIgnoreCase("json");
        if (json) {
            print(error.getCommandLine(), new LinkedHashMap<>(), "usage", error.getMessage(), List.of(), code);
        }
        return code;
    }

    private static String code(AdminFailure failure) {
        return failure.kind().name().toLowerCase(Locale.ROOT);
    }

    /** What the gateway said stays; what it did not say is added. */
    private static void print(CommandLine line, Map<String, Object> problem, String code, String title, List<String> details,
            int exit) {
        problem.putIfAbsent("type", "about:blank");
        problem.putIfAbsent("title", title);
        problem.putIfAbsent("detail", details.isEmpty() ? title : title + ": " + String.join("; ", details));
        problem.putIfAbsent("errors", List.of());
        problem.put("code", code);
        problem.put("exit_code", exit);
        line.getOut().println(JsonText.write(problem));
        line.getOut().flush();
    }
}
