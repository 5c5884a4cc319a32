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

/** {@code sluice connections close}: by id, or all of a service, to a target, of a client. */
@Command(name = "close", mixinStandardHelpOptions = true, description = "Close live connections: some by id, or all of a service, to a target, of a client.")
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

    @Option(names = "--client", paramLabel = "IP", description = "all of this client, by the address that it presents")
    private String client;

    @Option(names = "--rate", paramLabel = "N", description = "so many a second instead of all at once")
    private Integer rate;

    @Override
    public Integer call() throws AdminFailure {
        boolean filtered = service != null || target != null || client != null;
        if (ids.isEmpty() != filtered) {
            throw new ParameterException(spec.commandLine(), "close what? (expected: ids, or --service, --target, --client)");
        }
        AdminClient gateway = admin.client();
        if (filtered) {
            print(gateway.send("DELETE", Route.of("v1", "connections").with("service", service).with("target", target)
                    .with("client", client).with("rate", rate), ""));
        }
        for (String id : ids) {
            print(gateway.send("DELETE", Route.of("v1", "connections", id), ""));
        }
        return ExitCode.OK;
    }

    private void print(Answer answer) {
        format.print(answer, (a, screen) -> screen.line("closed " + a.fields().number("closed")));
    }
}
