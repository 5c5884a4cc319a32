package io.sluice.kernel.cli;

import io.sluice.kernel.remote.AdminClient;
import io.sluice.kernel.remote.AdminFailure;
import io.sluice.kernel.remote.Answer;
import io.sluice.kernel.remote.Route;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sluice connections close}: by id, or all of a service or to a target. */
@Command(name = "close", mixinStandardHelpOptions = true, description = "Close live connections: some by id, or all of a service or to a target.")
final class CloseConnectionsCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private AdminOptions admin;

    @Mixin
    private FormatOption format;

    @Parameters(paramLabel = "ID", description = "ids of connections, as the list has them")
    private List<String> ids = List.of();

    @Option(names = "--service", paramLabel = "ID", description = "all of this service")
    private String service;

    @Option(names = "--target", paramLabel = "HOST:PORT", description = "all to this target")
    private String target;

    @Override
    public Integer call() throws AdminFailure {
        boolean filtered = service != null || target != null;
        if (ids.isEmpty() != filtered) {
            throw new ParameterException(spec.commandLine(), "close what? (expected: ids, or --service and --target)");
        }
        AdminClient client = admin.client();
        if (filtered) {
            print(client.send("DELETE", Route.of("v1", "connections").with("service", service).with("target", target), ""));
        }
        for (String id : ids) {
            print(client.send("DELETE", Route.of("v1", "connections", id), ""));
        }
        return ExitCode.OK;
    }

    private void print(Answer answer) {
        format.print(answer, (a, screen) -> screen.line("closed " + a.fields().number("closed")));
    }
}
