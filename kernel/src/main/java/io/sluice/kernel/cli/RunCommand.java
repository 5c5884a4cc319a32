package io.sluice.kernel.cli;

import io.sluice.kernel.gateway.Folders;
import io.sluice.kernel.gateway.Gateway;
import io.sluice.kernel.gateway.InvalidSettings;
import io.sluice.kernel.gateway.StartFailure;
import io.sluice.kernel.problem.ProblemPrinter;
import io.sluice.kernel.runtime.ListenerStatus;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sluice run}: the gateway in the foreground, until SIGTERM or SIGINT. */
@Command(name = "run", mixinStandardHelpOptions = true, description = "Run the gateway in the foreground.",
        footer = {"", "SIGTERM or SIGINT drains and stops it; a second one stops it at once. SIGHUP reads the files anew."})
final class RunCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private BaseOption base;

    @Option(names = "--demo", description = "run the demo, on loopback only")
    private boolean demo;

    @Option(names = "--ready-file", paramLabel = "FILE", description = "keep this file saying what is open")
    private Path readyFile;

    @Override
    public Integer call() throws IOException {
        PrintWriter err = spec.commandLine().getErr();
        StopSignals stop = StopSignals.install();
        // the demo ends with its terminal
        Optional<ReloadSignal> reload = demo ? Optional.empty() : Optional.of(ReloadSignal.install());
        Folders folders = new Folders(BaseOption.home(), base.base(), demo);
        try (Gateway gateway = Gateway.start(folders, Optional.ofNullable(readyFile))) {
            reload.ifPresent(signal -> signal.does(gateway::reload));
            SystemdNotice systemd = SystemdNotice.ofThisProcess();
            err.println(greeting(gateway));
            systemd.ready(open(gateway));
            if (demo) {
                spec.commandLine().getOut().println(Files.readString(folders.tour()));
            }
            stop.await();
            systemd.stopping("draining");
            gateway.drain();
            return ExitCode.OK;
        } catch (InvalidSettings invalid) {
            new ProblemPrinter(invalid.sources()).print(invalid.problems(), err);
            return ExitCode.INVALID_CONFIGURATION;
        } catch (StartFailure failure) {
            err.println("sluice: " + failure.getMessage());
            if (!failure.hint().isEmpty()) {
                err.println("hint: " + failure.hint());
            }
            return ExitCode.FAILED;
        }
    }

    private static String open(Gateway gateway) {
        long open = gateway.listeners().stream().filter(ListenerStatus::open).count();
        return open + " of " + gateway.listeners().size() + " listeners open";
    }

    private static String greeting(Gateway gateway) {
        long sinceStart = System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime();
        return "sluice " + VersionCommand.version() + " is ready: " + open(gateway) + ", " + gateway.plan().services().size() + " services, "
                + gateway.problems() + " problems, " + sinceStart + " ms after the start";
    }
}
