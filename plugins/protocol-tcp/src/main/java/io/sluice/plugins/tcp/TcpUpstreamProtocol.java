package io.sluice.plugins.tcp;

import io.sluice.spi.config.Findings;
import io.sluice.spi.config.NoConfig;
import io.sluice.spi.connection.ServiceInfo;
import io.sluice.spi.protocol.UpstreamConnection;
import io.sluice.spi.protocol.UpstreamLayer;
import io.sluice.spi.protocol.UpstreamProtocol;

/** {@code tcp://} targets: bytes are relayed as they come. */
public final class TcpUpstreamProtocol implements UpstreamProtocol<NoConfig> {

    @Override
    public String name() {
        return "tcp";
    }

    /** A target without a scheme is plain TCP. */
    @Override
    public boolean isDefault() {
        return true;
    }

    @Override
    public Class<NoConfig> configType() {
        return NoConfig.class;
    }

    @Override
    public UpstreamLayer layer(NoConfig config, ServiceInfo service, Findings findings) {
        return new UpstreamLayer() {
            @Override
            public void open(UpstreamConnection connection) {
                connection.proceed();
            }

            @Override
            public boolean passesBytesThrough() {
                return true;
            }
        };
    }
}
