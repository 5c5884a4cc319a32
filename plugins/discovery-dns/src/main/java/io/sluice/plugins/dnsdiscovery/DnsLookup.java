package io.sluice.plugins.dnsdiscovery;

import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.resolver.dns.DnsServerAddressStream;
import io.netty.resolver.dns.DnsServerAddressStreamProviders;
import io.sluice.plugins.dnsdiscovery.DnsConfig.Type;
import io.sluice.plugins.dnsdiscovery.Message.Address;
import io.sluice.plugins.dnsdiscovery.Message.Data;
import io.sluice.plugins.dnsdiscovery.Message.Service;
import io.sluice.plugins.dnsdiscovery.Resolver.Resolved;
import io.sluice.spi.connection.TargetAddress;
import io.sluice.spi.discovery.DiscoveryAnswer;
import io.sluice.spi.discovery.DiscoveryException;
import io.sluice.spi.discovery.FoundTarget;
import io.sluice.spi.discovery.TargetLookup;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Turns records into targets. */
final class DnsLookup implements TargetLookup {

    private static final int MOST_NAMES = 100;

    private final DnsConfig config;
    private final List<InetSocketAddress> servers;
    private final Exchange exchange;

    DnsLookup(DnsConfig config, List<InetSocketAddress> servers) {
        this.config = config;
        this.servers = servers;
        this.exchange = new Exchange(config.timeout());
    }

    @Override
    public DiscoveryAnswer look() throws DiscoveryException, InterruptedException {
        Resolver resolver = new Resolver(exchange, servers.isEmpty() ? systemServers() : servers);
        List<FoundTarget> targets = new ArrayList<>();
        long ttl = config.record() == Type.SRV ? services(resolver, targets) : addresses(resolver, targets);
        return new DiscoveryAnswer(targets, config.validFor(ttl));
    }

    /** Not kept: the system's servers change when a laptop or a container moves. */
    private List<InetSocketAddress> systemServers() {
        DnsServerAddressStream stream = DnsServerAddressStreamProviders.platformDefault()
                .nameServerAddressStream(config.host());
        return Stream.generate(stream::next).limit(stream.size()).filter(server -> !server.isUnresolved()).toList();
    }

    private long addresses(Resolver resolver, List<FoundTarget> targets) throws DiscoveryException, InterruptedException {
        Resolved resolved = records(resolver, config.record() == Type.A ? DnsRecordType.A : DnsRecordType.AAAA);
        for (Data data : resolved.data()) {
            targets.add(FoundTarget.at(address(((Address) data).address().getHostAddress(), config.port())));
        }
        return resolved.ttl();
    }

    /**
     * SRV (RFC 2782). Its targets are names, which the gateway resolves as it does those of {@code target_list}. With
     * servers of our own nobody else may know the names: then they are resolved here.
     */
    private long services(Resolver resolver, List<FoundTarget> targets) throws DiscoveryException, InterruptedException {
        Resolved resolved = records(resolver, DnsRecordType.SRV);
        long ttl = resolved.ttl();
        for (Data data : resolved.data()) {
            Service service = (Service) data;
            if (service.target().isEmpty() || service.port() == 0) {
                continue;
            }
            // weight 0 is "hardly ever" there, and "never" here
            int weight = Math.max(1, service.weight());
            if (servers.isEmpty()) {
                targets.add(new FoundTarget(address(service.target(), service.port()), weight, service.priority()));
            } else if (targets.size() < MOST_NAMES) {
                Resolved host = host(resolver, resolved, service.target());
                ttl = Math.min(ttl, host.ttl());
                for (Data address : host.data()) {
                    targets.add(new FoundTarget(address(((Address) address).address().getHostAddress(), service.port()),
                            weight, service.priority()));
                }
            }
        }
        if (targets.isEmpty()) {
            throw new DiscoveryException(config.host() + " says that the service is not available, or names no host"
                    + " that has an address");
        }
        return ttl;
    }

    private Resolved records(Resolver resolver, DnsRecordType type) throws DiscoveryException, InterruptedException {
        Resolved resolved = resolver.resolve(config.host(), type);
        if (resolved.data().isEmpty()) {
            throw new DiscoveryException(config.host() + (resolved.message().isNoSuchName() ? " does not exist (NXDOMAIN)"
                    : " has no " + type.name() + " record"));
        }
        return resolved;
    }

    private static Resolved host(Resolver resolver, Resolved services, String name)
            throws DiscoveryException, InterruptedException {
        Resolved given = services.additional(name);
        if (!given.data().isEmpty()) {
            return given;
        }
        Resolved resolved = resolver.resolve(name, DnsRecordType.A);
        return resolved.data().isEmpty() ? resolver.resolve(name, DnsRecordType.AAAA) : resolved;
    }

    private static String address(String host, int port) {
        return new TargetAddress(host, port).toString();
    }

    @Override
    public void close() {
        exchange.close();
    }
}
