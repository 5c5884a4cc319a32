package io.sluice.kernel.cli;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells systemd how far the gateway is ({@code Type=notify}), where systemd has started it (sd_notify(3)).
 *
 * <p>The protocol's datagram socket is out of reach of Java 17, so systemd's own {@code systemd-notify} sends the message.
 */
final class SystemdNotice {

    private static final Logger LOG = LoggerFactory.getLogger(SystemdNotice.class);

    private final boolean wanted;
    private final List<String> command;

    SystemdNotice(Map<String, String> environment, List<String> command) {
        wanted = !environment.getOrDefault("NOTIFY_SOCKET", "").isEmpty();
        this.command = List.copyOf(command);
    }

    /** For the process that this is. */
    static SystemdNotice ofThisProcess() {
        return new SystemdNotice(System.getenv(), List.of("systemd-notify"));
    }

    /** Everything is open, or has failed. */
    CompletableFuture<Void> ready(String status) {
        return send("--ready", "--status=" + status);
    }

    /** The gateway drains. */
    CompletableFuture<Void> stopping(String status) {
        return send("STOPPING=1", "--status=" + status);
    }

    /** Does not wait for systemd; the answer is there for those who want to. */
    private CompletableFuture<Void> send(String... arguments) {
        if (!wanted) {
            return CompletableFuture.completedFuture(null);
        }
        List<String> line = new ArrayList<>(command);
        line.addAll(List.of(arguments));
        try {
            return new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(Redirect.DISCARD).start().onExit()
                    .thenAccept(ended -> {
                        if (ended.exitValue() != 0) {
                            LOG.error("systemd is not told: {} ends with exit code {}", command.get(0), ended.exitValue());
                        }
                    });
        } catch (IOException e) {
            LOG.error("systemd is not told, and may take the gateway for one that hangs: {}", e.getMessage());
            return CompletableFuture.completedFuture(null);
        }
    }
}
