package io.sluice.kernel.cli;

import io.sluice.kernel.remote.AdminClient;
import io.sluice.kernel.remote.AdminFailure;
import io.sluice.kernel.remote.Answer;
import io.sluice.kernel.remote.Fields;
import io.sluice.kernel.remote.Route;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sluice connections}. */
@Command(name = "connections", mixinStandardHelpOptions = true, description = "List live connections, or close some.",
        subcommands = CloseConnectionsCommand.class)
final class ConnectionsCommand implements Callable<Integer> {

    @Mixin
    private AdminOptions admin;

    @Mixin
    private ViewOptions view;

    @Option(names = "--service", paramLabel = "ID", description = "those of one service only")
    private String service;

    @Option(names = "--target", paramLabel = "HOST:PORT", description = "those to one target only")
    private String target;

    @Option(names = "--client", paramLabel = "IP", description = "those of one client only, by the address that it presents")
    private String client;

    @Option(names = "--limit", paramLabel = "N", description = "at most so many (default: all)")
    private int limit = Integer.MAX_VALUE;

    @Override
    public Integer call() throws AdminFailure {
        AdminClient gateway = admin.client();
        Route route = Route.of("v1", "connections").with("service", service).with("target", target).with("client", client)
                .with("limit", limit < 1000 ? Math.max(1, limit) : null);
        return view.show(() -> gateway.list(route, Math.max(1, limit)), ConnectionsCommand::print);
    }

    private static void print(Answer answer, Screen screen) {
        Table table = new Table("ID", "SERVICE", "CLIENT", "SERVER NAME", "TARGET", ">AGE", ">FROM CLIENT", ">TO CLIENT");
        Instant now = Instant.now();
        for (Fields connection : answer.fields().objects("items")) {
            String presented = connection.text("presented_client");
            table.row(connection.text("id"), connection.text("service"),
                    presented.isEmpty() ? connection.text("client") : presented, connection.text("server_name"),
                    connection.text("target"), Amounts.age(connection.text("since"), now),
                    Amounts.bytes(connection.number("bytes_from_client")), Amounts.bytes(connection.number("bytes_to_client")));
        }
        screen.table(table);
        long shown = answer.fields().objects("items").size();
        long total = Math.max(shown, answer.fields().number("total"));
        screen.line(shown == total ? total + " connections" : shown + " of " + total + " connections");
    }
}
