package io.sluice.kernel.cli;

import io.sluice.kernel.remote.AdminClient;
import io.sluice.kernel.remote.AdminFailure;
import io.sluice.kernel.remote.Answer;
import io.sluice.kernel.remote.Fields;
import io.sluice.kernel.remote.ProblemLines;
import io.sluice.kernel.remote.Route;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code sluice services}. */
@Command(name = "services", mixinStandardHelpOptions = true, description = "List the services of a running gateway and what is wrong with them.")
final class ServicesCommand implements Callable<Integer> {

    @Mixin
    private AdminOptions admin;

    @Mixin
    private ViewOptions view;

    @Override
    public Integer call() throws AdminFailure {
        AdminClient client = admin.client();
        return view.show(() -> client.list(Route.of("v1", "services"), Integer.MAX_VALUE), ServicesCommand::print);
    }

    private static void print(Answer answer, Screen screen) {
        Table table = new Table("ID", "STATE", "PROTOCOL", ">PORT", "DOMAIN", ">PROBLEMS", "FILE");
        for (Fields service : answer.fields().objects("items")) {
            Fields definition = service.object("definition");
            String protocol = definition.object("protocol").text("name");
            table.row(service.text("id"), service.text("state"), protocol.isEmpty() ? definition.text("protocol") : protocol,
                    definition.text("listen_port"), definition.text("domain"),
                    String.valueOf(service.objects("problems").size()), service.text("file"));
        }
        screen.table(table);
        for (Fields service : answer.fields().objects("items")) {
            service.objects("problems").forEach(problem -> ProblemLines.of(problem)
                    .forEach(line -> screen.line(service.text("id") + ": " + line)));
        }
    }
}
