package com.example.linegate;

import io.sluice.spi.config.Findings;
import io.sluice.spi.connection.ServiceInfo;
import io.sluice.spi.protocol.ClientConnection;
import io.sluice.spi.protocol.ClientLayer;
import io.sluice.spi.protocol.ClientProtocol;
import io.sluice.spi.protocol.ListenerView;
import java.nio.charset.StandardCharsets;

/**
 * {@code "layers": [{ "name": "line_gate", "word": "sesame" }]}: a client first sends {@code HELLO sesame} and a line
 * feed. It gets no answer; what follows is relayed.
 */
public final class LineGate implements ClientProtocol<LineGateConfig, byte[]> {

    @Override
    public String name() {
        return "line_gate";
    }

    @Override
    public Class<LineGateConfig> configType() {
        return LineGateConfig.class;
    }

    /** Once per service and plan: what each connection would otherwise do again. */
    @Override
    public byte[] prepare(LineGateConfig config, ServiceInfo service, Findings findings) {
        return ("HELLO " + config.word()).getBytes(StandardCharsets.US_ASCII);
    }

    /** Once per listener. As all services behind it have the same word, any one's will do. */
    @Override
    public ClientLayer layer(ListenerView<byte[]> listener) {
        byte[] greeting = listener.services().get(0).prepared();
        return new ClientLayer() {
            @Override
            public void open(ClientConnection connection) {
                connection.add(new LineGateHandler(connection, greeting));
            }

            /** The handler removes itself, so the relay may move bytes as fast as it can. */
            @Override
            public boolean passesBytesThrough() {
                return true;
            }
        };
    }

    /** The line comes before anything that could tell services apart. */
    @Override
    public boolean sharedByListener() {
        return true;
    }

    /** It stands in front of another protocol, never alone. */
    @Override
    public boolean canEndStack() {
        return false;
    }
}
