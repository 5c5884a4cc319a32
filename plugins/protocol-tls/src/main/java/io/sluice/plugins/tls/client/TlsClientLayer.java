package io.sluice.plugins.tls.client;

import io.sluice.plugins.tls.hello.HelloHandler;
import io.sluice.spi.protocol.ClientConnection;
import io.sluice.spi.protocol.ClientLayer;
import io.sluice.spi.protocol.ListenerView.Member;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** TLS on one port. */
final class TlsClientLayer implements ClientLayer {

    private final TlsClientProtocol protocol;
    private final Map<String, Served> services = new HashMap<>();
    private final boolean onlyPassthrough;

    TlsClientLayer(TlsClientProtocol protocol, List<Member<Served>> members) {
        this.protocol = protocol;
        members.forEach(member -> services.put(member.service().id(), member.prepared()));
        this.onlyPassthrough = services.values().stream().allMatch(Served.Passthrough.class::isInstance);
    }

    @Override
    public void open(ClientConnection connection) {
        connection.add(new HelloHandler(new Greeting(connection, services, protocol)));
    }

    @Override
    public boolean passesBytesThrough() {
        return onlyPassthrough;
    }
}
