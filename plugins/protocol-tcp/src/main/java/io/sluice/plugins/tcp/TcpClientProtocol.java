package io.sluice.plugins.tcp;

import io.sluice.spi.config.Findings;
import io.sluice.spi.config.NoConfig;
import io.sluice.spi.connection.ServiceInfo;
import io.sluice.spi.protocol.ClientConnection;
import io.sluice.spi.protocol.ClientLayer;
import io.sluice.spi.protocol.ClientProtocol;
import io.sluice.spi.protocol.ListenerView;

/** {@code "protocol": "tcp"}: the client's bytes are relayed as they come. */
public final class TcpClientProtocol implements ClientProtocol<NoConfig, NoConfig> {

    @Override
    public String name() {
        return "tcp";
    }

    @Override
    public Class<NoConfig> configType() {
        return NoConfig.class;
    }

    @Override
    public NoConfig prepare(NoConfig config, ServiceInfo service, Findings findings) {
        return config;
    }

    @Override
    public ClientLayer layer(ListenerView<NoConfig> listener) {
        return new ClientLayer() {
            @Override
            public void open(ClientConnection connection) {
                connection.proceed();
            }

            @Override
            public boolean passesBytesThrough() {
                return true;
            }
        };
    }
}
