package io.sluice.plugins.dnsdiscovery;

import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.handler.codec.dns.DnsResponseCode;
import io.sluice.plugins.dnsdiscovery.Message.Alias;
import io.sluice.plugins.dnsdiscovery.Message.Data;
import io.sluice.plugins.dnsdiscovery.Message.Entry;
import io.sluice.spi.discovery.DiscoveryException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Asks servers one after the other, twice round, until one knows; follows aliases, within an answer and beyond it.
 * For one look.
 */
final class Resolver {

    private static final int ROUNDS = 2;
    private static final int MOST_ALIASES = 16;
    /** Of a whole look, below the time after which the kernel would cut it short. */
    private static final Duration LONGEST = Duration.ofSeconds(25);

    private final Exchange exchange;
    private final List<InetSocketAddress> servers;
    private final long until = System.nanoTime() + LONGEST.toNanos();

    Resolver(Exchange exchange, List<InetSocketAddress> servers) {
        this.exchange = exchange;
        this.servers = servers;
    }

    /**
     * Records of one name.
     *
     * @param data    of the records that were asked for
     * @param ttl     seconds: the shortest of these and of the aliases that led to them
     * @param message the last answer
     */
    record Resolved(List<Data> data, long ttl, Message message) {

        /** The addresses that the same answer has for another name. */
        Resolved additional(String name) {
            return of(message.additional().stream().filter(entry -> entry.name().equals(name)
                    && (entry.type().equals(DnsRecordType.A) || entry.type().equals(DnsRecordType.AAAA))).toList(),
                    Long.MAX_VALUE, message);
        }

        private static Resolved of(List<Entry> entries, long ttl, Message message) {
            return new Resolved(entries.stream().map(Entry::data).toList(),
                    entries.stream().mapToLong(Entry::ttl).reduce(ttl, Math::min), message);
        }
    }

    /** All records of that type; none if there are none, or no such name. */
    Resolved resolve(String host, DnsRecordType type) throws DiscoveryException, InterruptedException {
        String name = Message.plain(host);
        long ttl = Long.MAX_VALUE;
        Message message = ask(name, type);
        for (int aliases = 0; aliases <= MOST_ALIASES; aliases++) {
            String now = name;
            List<Entry> own = message.answers().stream().filter(entry -> entry.name().equals(now)).toList();
            List<Entry> found = own.stream().filter(entry -> entry.type().equals(type)).toList();
            if (!found.isEmpty()) {
                return Resolved.of(found, ttl, message);
            }
            Optional<Entry> alias = own.stream().filter(entry -> entry.data() instanceof Alias).findFirst();
            if (alias.isPresent()) {
                ttl = Math.min(ttl, alias.get().ttl());
                name = ((Alias) alias.get().data()).name();
            } else if (message.question().equals(name)) {
                return new Resolved(List.of(), ttl, message);
            } else {
                message = ask(name, type);
            }
        }
        throw new DiscoveryException(host + " has aliases that lead in a circle, or more than " + MOST_ALIASES);
    }

    private Message ask(String name, DnsRecordType type) throws DiscoveryException, InterruptedException {
        List<String> failures = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            for (InetSocketAddress server : servers) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                if (exchange.isClosed() || System.nanoTime() - until > 0) {
                    throw new DiscoveryException(name + " could not be asked for in time: " + String.join("; ", failures));
                }
                String failure = "DNS server " + server.getAddress().getHostAddress() + ":" + server.getPort() + " ";
                try {
                    Message message = exchange.ask(server, name, type);
                    if (message.code().equals(DnsResponseCode.NOERROR) || message.isNoSuchName()) {
                        return message;
                    }
                    failure += "answered " + message.code();
                } catch (SocketTimeoutException e) {
                    failure += "did not answer in time";
                } catch (IOException e) {
                    failure += "cannot be asked: " + e.getMessage();
                }
                if (!failures.contains(failure)) {
                    failures.add(failure);
                }
            }
        }
        throw new DiscoveryException(name + " cannot be resolved: "
                + (failures.isEmpty() ? "no DNS server is known" : String.join("; ", failures)));
    }
}
