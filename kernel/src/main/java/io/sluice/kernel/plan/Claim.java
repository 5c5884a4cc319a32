package io.sluice.kernel.plan;

import io.sluice.kernel.config.IpLiteral;
import io.sluice.spi.connection.ServiceInfo;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * What a service claims of the outside: an address and port, a protocol, a server name, and the layers that a whole
 * listener shares. Two services whose claims clash are rivals.
 *
 * @param service  the service
 * @param file     the file of its definition
 * @param bind     its listen address
 * @param protocol the innermost layer's name
 * @param named    whether that layer tells services apart by server name
 * @param alpn     the application protocols by which it can be told apart from a service with the same name; empty for any
 * @param shared   names and configurations of the layers that act before the service is known
 */
record Claim(ServiceInfo service, String file, InetAddress bind, String protocol, boolean named, List<String> alpn,
        List<Shared> shared) {

    /** A layer that all services on a port must configure alike. */
    record Shared(String layer, Record config) {

        /** Whether both say the same; two generations of a plugin say it in records of two classes. */
        boolean saysTheSameAs(Shared other) {
            return layer.equals(other.layer) && (config.equals(other.config)
                    || config.getClass() != other.config.getClass() && config.toString().equals(other.config.toString()));
        }
    }

    /** Whether both claims are the same, apart from the file that they come from. */
    boolean claimsTheSameAs(Claim other) {
        return service.listenPort() == other.service.listenPort()
                && service.domain().equals(other.service.domain())
                && bind.equals(other.bind)
                && protocol.equals(other.protocol)
                && alpn.equals(other.alpn)
                && shared.size() == other.shared.size()
                && shared.stream().allMatch(layer -> other.shared.stream().anyMatch(layer::saysTheSameAs));
    }

    /** Why the two cannot both run, if so. */
    Optional<String> clashWith(Claim other) {
        if (service.listenPort() != other.service.listenPort() || !overlaps(bind, other.bind)) {
            return Optional.empty();
        }
        String port = "port " + service.listenPort();
        if (!protocol.equals(other.protocol)) {
            return Optional.of(protocol + " and " + other.protocol + " on " + port
                    + " (expected: one protocol per port and address)");
        }
        if (!named || !other.named) {
            return Optional.of("two " + protocol + " services on " + port
                    + " (expected: one, because " + protocol + " has no server names to tell them apart)");
        }
        if (!bind.equals(other.bind)) {
            return Optional.of(port + " on " + IpLiteral.text(bind) + " and on " + IpLiteral.text(other.bind)
                    + ", which overlap (expected: the same listen_address for all services on a port)");
        }
        if (service.domain().equals(other.service.domain()) && !toldApartByAlpn(other)) {
            return Optional.of(service.domain().isEmpty()
                    ? "two services without a domain on " + port + " (expected: one default per port)"
                    : "domain " + service.domain() + " twice on " + port + " (expected: each server name once)");
        }
        return sharedClash(other, port);
    }

    /** A service that takes any protocol gets what its neighbour does not speak. */
    private boolean toldApartByAlpn(Claim other) {
        return !(alpn.isEmpty() && other.alpn.isEmpty()) && Collections.disjoint(alpn, other.alpn);
    }

    private Optional<String> sharedClash(Claim other, String port) {
        for (Shared layer : shared) {
            if (other.shared.stream().noneMatch(layer::saysTheSameAs)) {
                return Optional.of(layer.layer() + " set differently on " + port
                        + " (expected: alike for all services on a port, because it acts before the service is known)");
            }
        }
        return other.shared.size() > shared.size() ? other.sharedClash(this, port) : Optional.empty();
    }

    /** {@code 0.0.0.0} overlaps every IPv4 address, {@code ::} every address. */
    static boolean overlaps(InetAddress one, InetAddress other) {
        if (one.equals(other)) {
            return true;
        }
        return covers(one, other) || covers(other, one);
    }

    private static boolean covers(InetAddress any, InetAddress other) {
        return any.isAnyLocalAddress() && (!(any instanceof Inet4Address) || other instanceof Inet4Address);
    }
}
