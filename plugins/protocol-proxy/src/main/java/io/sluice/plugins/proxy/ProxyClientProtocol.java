package io.sluice.plugins.proxy;

import io.sluice.spi.config.ConfigField;
import io.sluice.spi.config.Findings;
import io.sluice.spi.connection.ClientFacts;
import io.sluice.spi.connection.CloseReason;
import io.sluice.spi.connection.Refusal;
import io.sluice.spi.connection.ServiceInfo;
import io.sluice.spi.protocol.AddressTrust;
import io.sluice.spi.protocol.ClientConnection;
import io.sluice.spi.protocol.ClientLayer;
import io.sluice.spi.protocol.ClientProtocol;
import io.sluice.spi.protocol.ListenerView;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code enable_proxy_protocol}: every connection begins with a PROXY header, which says who the client is. The outermost
 * layer, before TLS.
 */
public final class ProxyClientProtocol implements ClientProtocol<ReceiveConfig, ProxyClientProtocol.Prepared> {

    private static final Refusal UNTRUSTED = new Refusal(CloseReason.UNTRUSTED_PROXY, "the sender's address is not trusted");

    /** A service's configuration, understood. */
    record Prepared(ReceiveConfig config, List<IpNetwork> trusted) {

        boolean trusts(InetAddress sender) {
            return trusted.isEmpty() || trusted.stream().anyMatch(network -> network.contains(sender));
        }
    }

    @Override
    public String name() {
        return "proxy_protocol";
    }

    @Override
    public Class<ReceiveConfig> configType() {
        return ReceiveConfig.class;
    }

    @Override
    public List<ConfigField> fields() {
        return List.of(ConfigField.switchedBy("enable_proxy_protocol"), ConfigField.config("proxy_protocol"));
    }

    @Override
    public boolean sharedByListener() {
        return true;
    }

    @Override
    public boolean canEndStack() {
        return false;
    }

    @Override
    public AddressTrust addressTrust(ReceiveConfig config) {
        return config.trusted().isEmpty() ? AddressTrust.ANY_SENDER : AddressTrust.LISTED_SENDERS;
    }

    @Override
    public Prepared prepare(ReceiveConfig config, ServiceInfo service, Findings findings) {
        List<IpNetwork> trusted = new ArrayList<>();
        for (int i = 0; i < config.trusted().size(); i++) {
            try {
                trusted.add(IpNetwork.parse(config.trusted().get(i)));
            } catch (IllegalArgumentException e) {
                findings.error("trusted[" + i + "]", "\"" + config.trusted().get(i) + "\" (expected: " + e.getMessage()
                        + ")", "write 10.0.0.0/8, 2001:db8::/32 or a single address; names are not resolved here");
            }
        }
        if (config.mode() == ReceiveConfig.Mode.OPTIONAL) {
            findings.warning("mode", "optional: a client may leave the header out, or forge one (expected: required)",
                    "use it for a migration only");
        }
        if (config.trusted().isEmpty() && !isPrivate(service.listenAddress())) {
            findings.warning("trusted", "anyone who reaches " + service.listenAddress()
                    + " may claim any client address (expected: a list of the proxies in front)",
                    "add \"proxy_protocol\": { \"trusted\": [\"10.0.0.0/8\"] } with their networks");
        }
        return new Prepared(config, trusted);
    }

    private static boolean isPrivate(String address) {
        try {
            InetAddress bind = InetAddress.getByAddress(IpNetwork.address(address));
            byte[] raw = bind.getAddress();
            boolean uniqueLocal = raw.length == 16 && (raw[0] & 0xfe) == 0xfc;
            return bind.isLoopbackAddress() || bind.isSiteLocalAddress() || bind.isLinkLocalAddress() || uniqueLocal;
        } catch (IllegalArgumentException | UnknownHostException e) {
            return false;
        }
    }

    /** Without a header nobody is anybody else, so a client that is presented as another one has sent one. */
    @Override
    public Optional<Refusal> foresee(Prepared prepared, ClientFacts client) {
        boolean trusted = prepared.trusts(client.socket().remote().getAddress());
        boolean header = prepared.config().mode() == ReceiveConfig.Mode.REQUIRED
                || !client.client().source().equals(client.socket().remote());
        return trusted || !header ? Optional.empty() : Optional.of(UNTRUSTED);
    }

    @Override
    public ClientLayer layer(ListenerView<Prepared> listener) {
        // all services on a port configure this layer alike
        Prepared prepared = listener.services().get(0).prepared();
        return new ClientLayer() {
            @Override
            public void open(ClientConnection connection) {
                boolean trusted = prepared.trusts(connection.facts().socket().remote().getAddress());
                if (!trusted && prepared.config().mode() == ReceiveConfig.Mode.REQUIRED) {
                    connection.refuse(UNTRUSTED);
                } else {
                    connection.add(new HeaderHandler(prepared.config(), trusted, connection));
                }
            }

            @Override
            public boolean passesBytesThrough() {
                return true;
            }
        };
    }
}
