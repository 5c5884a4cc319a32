package io.sluice.kernel.cli;

import io.sluice.kernel.remote.AdminClient;
import io.sluice.kernel.remote.AdminFailure;
import io.sluice.kernel.remote.Answer;
import io.sluice.kernel.remote.Fields;
import io.sluice.kernel.remote.Route;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sluice drain}: a target takes no new connections; waits until its live ones have ended. */
@Command(name = "drain", mixinStandardHelpOptions = true,
        description = "Send a target no new connections, and wait until its live ones have ended.",
        footer = {"", "\"sluice ready SERVICE TARGET\" undoes it. Exit codes: 0 no connection is left, 1 some are."})
final class DrainCommand implements Callable<Integer> {

    private static final long LOOK_MILLIS = 500;

    @Spec
    private CommandSpec spec;

    @Mixin
    private AdminOptions admin;

    @Mixin
    private FormatOption format;

    @Mixin
    private TargetOptions target;

    @Option(names = "--deadline", paramLabel = "DURATION", description = "close what is left after this long, like 30s or 5m")
    private String deadline;

    @Option(names = "--close", description = "close live connections at once")
    private boolean close;

    @Option(names = "--maintain", description = "also stop probing it")
    private boolean maintain;

    @Option(names = "--no-wait", description = "do not wait for live connections")
    private boolean noWait;

    @Option(names = "--timeout", paramLabel = "SECONDS", description = "wait no longer than this; the target goes on draining")
    private long timeout = Long.MAX_VALUE;

    @Override
    public Integer call() throws AdminFailure, InterruptedException {
        AdminClient client = admin.client();
        Route query = new Route("").with("deadline", deadline).with("close", close ? true : null);
        Answer answer = target.send(client, maintain ? "maintain" : "drain", query);
        boolean drained = noWait || await(client);
        if (format.isJson()) {
            format.print(answer, null);
        }
        return drained ? ExitCode.OK : ExitCode.FAILED;
    }

    private boolean await(AdminClient client) throws AdminFailure, InterruptedException {
        Screen screen = Screen.of(spec);
        long began = System.nanoTime();
        long shown = -1;
        while (true) {
            Optional<Fields> state = target.state(client);
            long left = state.map(fields -> fields.number("connections")).orElse(0L);
            if (left != shown && !format.isJson()) {
                screen.progress(target + ": " + (left == 0 ? "drained" : left + " connections left"));
                shown = left;
            }
            boolean over = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began) >= timeout;
            if (left == 0 || over) {
                screen.raw(screen.isTerminal() && !format.isJson() ? System.lineSeparator() : "");
                return left == 0;
            }
            Thread.sleep(LOOK_MILLIS);
        }
    }
}
