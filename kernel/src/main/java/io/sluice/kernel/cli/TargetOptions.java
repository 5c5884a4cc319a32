package io.sluice.kernel.cli;

import io.sluice.kernel.remote.AdminClient;
import io.sluice.kernel.remote.AdminFailure;
import io.sluice.kernel.remote.Answer;
import io.sluice.kernel.remote.Fields;
import io.sluice.kernel.remote.Route;
import java.util.Optional;
import picocli.CommandLine.Parameters;

/** One target of a service, and what operators ask of it. */
final class TargetOptions {

    @Parameters(index = "0", paramLabel = "SERVICE", description = "the service's id")
    private String service;

    @Parameters(index = "1", paramLabel = "TARGET", description = "the target: HOST:PORT, or its id in the list of targets")
    private String target;

    /** Does something to it: {@code drain}, {@code maintain}, {@code ready}, {@code check}. */
    Answer send(AdminClient client, String action, Route query) throws AdminFailure {
        String path = Route.of("v1", "targets", service, target, action).text();
        return client.send("POST", new Route(path + query), "");
    }

    /** What the list says of it by now; empty when it is gone. */
    Optional<Fields> state(AdminClient client) throws AdminFailure {
        return client.list(Route.of("v1", "targets").with("service", service), Integer.MAX_VALUE).fields().objects("items")
                .stream().filter(item -> item.text("id").equals(target) || item.text("target").equals(target)).findFirst();
    }

    @Override
    public String toString() {
        return service + " " + target;
    }
}
