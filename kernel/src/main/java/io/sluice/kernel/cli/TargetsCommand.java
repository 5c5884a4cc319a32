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

/** {@code sluice targets}. */
@Command(name = "targets", mixinStandardHelpOptions = true, description = "List targets with their health, state and connections.")
final class TargetsCommand implements Callable<Integer> {

    @Mixin
    private AdminOptions admin;

    @Mixin
    private ViewOptions view;

    @Option(names = "--service", paramLabel = "ID", description = "those of one service only")
    private String service;

    @Option(names = "--transcript", description = "also print the last probe of each, step by step")
    private boolean transcript;

    @Override
    public Integer call() throws AdminFailure {
        AdminClient client = admin.client();
        Route route = Route.of("v1", "targets").with("service", service);
        return view.show(() -> client.list(route, Integer.MAX_VALUE), this::print);
    }

    private void print(Answer answer, Screen screen) {
        Table table = new Table("SERVICE", "TARGET", ">WEIGHT", ">PRIORITY", "HEALTH", "STATE", ">CONNECTIONS", "LAST PROBE");
        for (Fields target : answer.fields().objects("items")) {
            table.row(target.text("service"), target.text("target"), target.text("weight"), target.text("priority"),
                    target.text("health"), target.text("state"), target.text("connections"), Transcript.summary(
                            target.object("last_probe"), Instant.now()));
        }
        screen.table(table);
        if (transcript) {
            for (Fields target : answer.fields().objects("items")) {
                screen.line("");
                screen.line(target.text("service") + " " + target.text("target"));
                Transcript.print(target.object("last_probe"), screen);
            }
        }
    }
}
