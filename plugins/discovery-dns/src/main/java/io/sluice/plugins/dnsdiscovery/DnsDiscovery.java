package io.sluice.plugins.dnsdiscovery;

import io.netty.util.NetUtil;
import io.sluice.plugins.dnsdiscovery.DnsConfig.Type;
import io.sluice.spi.config.Findings;
import io.sluice.spi.connection.ServiceInfo;
import io.sluice.spi.discovery.DiscoveryContext;
import io.sluice.spi.discovery.PreparedDiscovery;
import io.sluice.spi.discovery.TargetDiscovery;
import io.sluice.spi.discovery.TargetLookup;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code "service_discovery": { "name": "dns", "host": "…" }}: targets from A, AAAA or SRV records. */
public final class DnsDiscovery implements TargetDiscovery<DnsConfig> {

    private static final String LABEL = "[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?";
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final int DNS = 53;

    @Override
    public String name() {
        return "dns";
    }

    @Override
    public Class<DnsConfig> configType() {
        return DnsConfig.class;
    }

    @Override
    public PreparedDiscovery prepare(DnsConfig config, ServiceInfo service, Findings findings) {
        if (config.host().length() > 253 || !config.host().matches(LABEL + "(\\." + LABEL + ")*\\.?")
                || NetUtil.isValidIpV4Address(config.host())) {
            findings.error("host", "\"" + config.host() + "\" (expected: a host name)",
                    "for SRV records it begins with _service._proto.");
        }
        if (config.record() != Type.SRV && config.port() == 0) {
            findings.error("port", config.port() + " (expected: 1 to 65535; " + config.record() + " records have no ports)",
                    "add \"port\", or ask for \"record\": \"SRV\"");
        }
        if (config.record() == Type.SRV && config.port() != 0) {
            findings.warning("port", config.port() + " (expected: none; SRV records bring their own)", "remove it");
        }
        List<InetSocketAddress> servers = new ArrayList<>();
        for (int i = 0; i < config.servers().size(); i++) {
            Optional<InetSocketAddress> server = server(config.servers().get(i));
            server.ifPresent(servers::add);
            if (server.isEmpty()) {
                findings.error("servers[" + i + "]", "\"" + config.servers().get(i) + "\" (expected: ip or ip:port)",
                        "names of DNS servers cannot be resolved before there is a DNS server");
            }
        }
        return new Prepared(config, servers);
    }

    private static Optional<InetSocketAddress> server(String text) {
        boolean hasPort = text.matches("\\[.*]:\\d{1,5}") || text.matches("[^:]*:\\d{1,5}");
        int colon = hasPort ? text.lastIndexOf(':') : text.length();
        String host = text.substring(0, colon).replaceAll("^\\[(.*)]$", "$1");
        int port = hasPort ? Integer.parseInt(text.substring(colon + 1)) : DNS;
        byte[] address = NetUtil.createByteArrayFromIpAddressString(host);
        if (address == null || port < 1 || port > 65535) {
            return Optional.empty();
        }
        try {
            return Optional.of(new InetSocketAddress(InetAddress.getByAddress(address), port));
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    private record Prepared(DnsConfig config, List<InetSocketAddress> servers) implements PreparedDiscovery {

        @Override
        public TargetLookup begin(DiscoveryContext context) {
            return new DnsLookup(config, servers);
        }

        @Override
        public Duration refresh() {
            return config.maxTtl().compareTo(LONGEST_PAUSE) < 0 ? config.maxTtl() : LONGEST_PAUSE;
        }
    }
}
