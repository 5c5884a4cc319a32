package io.sluice.demo;

import io.sluice.spi.config.Default;
import io.sluice.spi.config.Description;
import io.sluice.spi.connection.TargetAddress;
import io.sluice.spi.observer.ConnectionObserver;
import io.sluice.spi.observer.ConnectionObserverFactory;
import io.sluice.spi.observer.ConnectionSummary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The demo's plugin: runs two line servers for the demo's services to stand in front of, and tells in a sentence what
 * became of each connection.
 */
public final class DemoServers implements ConnectionObserverFactory<DemoServers.Config> {

    /** The ports of the two servers. */
    @Description("The ports that the demo's servers listen on, on loopback.")
    public record Config(
            @Default("7101") @Description("Port of server A.") int portOfA,
            @Default("7102") @Description("Port of server B.") int portOfB) {
    }

    @Override
    public String name() {
        return "demo_servers";
    }

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public ConnectionObserver create(Config config, Path base) {
        List<LineServer> servers = new ArrayList<>();
        try {
            servers.add(LineServer.start("A", config.portOfA()));
            servers.add(LineServer.start("B", config.portOfB()));
        } catch (IOException e) {
            servers.forEach(LineServer::close);
            throw new UncheckedIOException(e);
        }
        return new Narrator(servers);
    }

    private record Narrator(List<LineServer> servers) implements ConnectionObserver {

        @Override
        public void closed(ConnectionSummary summary) {
            String target = summary.target().map(TargetAddress::toString).orElse("nobody");
            System.out.println("  " + summary.client().client().source().getAddress().getHostAddress() + " -> "
                    + summary.listener() + " -> " + target + ": " + summary.traffic().bytesFromClient() + " bytes there, "
                    + summary.traffic().bytesToClient() + " back, " + summary.timing().tries() + " tries, "
                    + summary.reason().word()
                    + (summary.detail().isEmpty() ? "" : " (" + summary.detail() + ")"));
        }

        @Override
        public void close() {
            servers.forEach(LineServer::close);
        }
    }
}
