package io.sluice.plugins.dnsdiscovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.handler.codec.dns.DnsResponseCode;
import io.sluice.plugins.dnsdiscovery.DnsConfig.Type;
import io.sluice.spi.discovery.DiscoveryAnswer;
import io.sluice.spi.discovery.DiscoveryException;
import io.sluice.spi.discovery.FoundTarget;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Against a real DNS server on loopback. */
class DnsLookupTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final LoopbackDns dns = new LoopbackDns();

    @AfterEach
    void close() {
        dns.close();
    }

    private DnsLookup lookup(String host, Type record, Duration timeout, InetSocketAddress... servers) {
        DnsConfig config = new DnsConfig(host, record, record == Type.SRV ? 0 : 6379, List.of("given below"),
                Duration.ofSeconds(1), Duration.ofMinutes(5), timeout);
        return new DnsLookup(config, servers.length == 0 ? List.of(dns.address()) : List.of(servers));
    }

    private DiscoveryAnswer look(String host, Type record) throws DiscoveryException, InterruptedException {
        return lookup(host, record, TIMEOUT).look();
    }

    private static List<FoundTarget> at(String... addresses) {
        return List.of(addresses).stream().map(FoundTarget::at).toList();
    }

    @Test
    void addressRecordsGetThePortOfTheDefinition() throws Exception {
        dns.has("redis.test", 30, "10.0.0.1", "10.0.0.2", "2001:db8::1");

        assertThat(look("Redis.Test.", Type.A)).isEqualTo(new DiscoveryAnswer(at("10.0.0.1:6379", "10.0.0.2:6379"),
                Duration.ofSeconds(30)));
        assertThat(look("redis.test", Type.AAAA).targets()).isEqualTo(at("[2001:db8:0:0:0:0:0:1]:6379"));
    }

    @Test
    void theShortestTtlCountsWithinBounds() throws Exception {
        dns.has("mixed.test", 40, "10.0.0.1").has("mixed.test", 20, "10.0.0.2").has("never.test", 0, "10.0.0.1")
                .has("ever.test", 86_400, "10.0.0.1");

        assertThat(look("mixed.test", Type.A).validFor()).isEqualTo(Duration.ofSeconds(20));
        assertThat(look("never.test", Type.A).validFor()).isEqualTo(Duration.ofSeconds(1));
        assertThat(look("ever.test", Type.A).validFor()).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void serviceRecordsBringPortsPrioritiesAndWeights() throws Exception {
        dns.service("_redis._tcp.test", 60, 10, 5, 7001, "a.test").service("_redis._tcp.test", 60, 10, 0, 7002, "b.test")
                .service("_redis._tcp.test", 60, 20, 9, 7003, "c.test")
                .along("_redis._tcp.test", "a.test", 15, "10.0.0.1").along("_redis._tcp.test", "a.test", 15, "2001:db8::1")
                .has("b.test", 30, "10.0.0.2").has("c.test", 30, "2001:db8::3");

        DiscoveryAnswer answer = look("_redis._tcp.test", Type.SRV);

        assertThat(answer.targets()).containsExactly(new FoundTarget("10.0.0.1:7001", 5, 10),
                new FoundTarget("[2001:db8:0:0:0:0:0:1]:7001", 5, 10), new FoundTarget("10.0.0.2:7002", 1, 10),
                new FoundTarget("[2001:db8:0:0:0:0:0:3]:7003", 9, 20));
        assertThat(answer.validFor()).isEqualTo(Duration.ofSeconds(15));
        assertThat(dns.asked).containsExactly("udp SRV _redis._tcp.test.", "udp A b.test.", "udp A c.test.",
                "udp AAAA c.test.");
    }

    @Test
    void hostsOfServicesThatDoNotExistAreLeftOut() throws Exception {
        dns.service("_x._tcp.test", 60, 0, 1, 1, "gone.test").service("_x._tcp.test", 60, 0, 1, 2, "here.test")
                .has("here.test", 60, "10.0.0.1");

        assertThat(look("_x._tcp.test", Type.SRV).targets()).isEqualTo(at("10.0.0.1:2"));
    }

    @Test
    void aServiceThatSaysThatItIsNotAvailableIsAFailure() {
        dns.service("_x._tcp.test", 60, 0, 0, 0, ".");

        assertThatThrownBy(() -> look("_x._tcp.test", Type.SRV)).isInstanceOf(DiscoveryException.class)
                .hasMessageStartingWith("_x._tcp.test says that the service is not available");
    }

    @Test
    void aliasesAreFollowedAndTheirTtlCounts() throws Exception {
        dns.alias("a.test", 60, "b.test").alias("b.test", 7, "c.test").has("c.test", 60, "10.0.0.1");

        assertThat(look("a.test", Type.A)).isEqualTo(new DiscoveryAnswer(at("10.0.0.1:6379"), Duration.ofSeconds(7)));
    }

    @Test
    void aliasesInACircleAreAFailure() {
        dns.alias("a.test", 60, "b.test").alias("b.test", 60, "a.test");

        assertThatThrownBy(() -> look("a.test", Type.A)).isInstanceOf(DiscoveryException.class)
                .hasMessageContaining("aliases that lead in a circle");
        assertThat(dns.asked).hasSizeLessThan(20);
    }

    @Test
    void namesThatDoNotExistOrHaveNoSuchRecordAreFailures() {
        dns.has("v4.test", 60, "10.0.0.1").alias("dangling.test", 60, "nowhere.test");

        assertThatThrownBy(() -> look("no.test", Type.A)).hasMessage("no.test does not exist (NXDOMAIN)");
        assertThatThrownBy(() -> look("dangling.test", Type.A)).hasMessage("dangling.test does not exist (NXDOMAIN)");
        assertThatThrownBy(() -> look("v4.test", Type.AAAA)).hasMessage("v4.test has no AAAA record");
        assertThatThrownBy(() -> look("v4.test", Type.SRV)).hasMessage("v4.test has no SRV record");
    }

    @Test
    void aTruncatedAnswerIsFetchedOverTcp() throws Exception {
        dns.truncatesUdp = true;
        dns.has("many.test", 60, IntStream.range(0, 500).mapToObj(i -> "10.0." + i / 256 + "." + i % 256)
                .toArray(String[]::new));

        assertThat(look("many.test", Type.A).targets()).hasSize(500);
        assertThat(dns.asked).containsExactly("udp A many.test.", "tcp A many.test.");
    }

    @Test
    void anAnswerToAnotherQueryIsNotBelieved() throws Exception {
        dns.idsOff = 1;
        dns.has("a.test", 60, "10.0.0.1");

        assertThat(look("a.test", Type.A).targets()).hasSize(1);
    }

    @Test
    void aServerThatRefusesIsFollowedByTheNext() throws Exception {
        dns.has("a.test", 60, "10.0.0.1");
        try (LoopbackDns broken = new LoopbackDns()) {
            broken.has("a.test", 60, "10.9.9.9").code = DnsResponseCode.SERVFAIL;

            assertThat(lookup("a.test", Type.A, TIMEOUT, broken.address(), dns.address()).look().targets())
                    .isEqualTo(at("10.0.0.1:6379"));
            assertThatThrownBy(() -> lookup("a.test", Type.A, TIMEOUT, broken.address()).look())
                    .isInstanceOf(DiscoveryException.class).hasMessageContaining("answered ServFail");
            assertThat(broken.asked).as("asked once, then twice").hasSize(3);
        }
    }

    @Test
    void aServerThatIsSilentOrGoneIsFollowedByTheNext() throws Exception {
        dns.has("a.test", 60, "10.0.0.1");
        try (LoopbackDns silent = new LoopbackDns(); DatagramSocket gone = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            silent.silent = true;
            // its port is nobody else's, and refuses all but one
            gone.connect(silent.address());

            // long enough for the third one on a machine that stalls, and it is asked twice
            assertThat(lookup("a.test", Type.A, Duration.ofSeconds(2), silent.address(),
                    (InetSocketAddress) gone.getLocalSocketAddress(), dns.address()).look().targets()).hasSize(1);
            assertThatThrownBy(() -> lookup("a.test", Type.A, Duration.ofMillis(100), silent.address()).look())
                    .isInstanceOf(DiscoveryException.class).hasMessageContaining("did not answer in time");
        }
    }

    @Test
    void closingEndsALookThatWaits() throws Exception {
        dns.silent = true;
        DnsLookup lookup = lookup("a.test", Type.A, TIMEOUT);
        CompletableFuture<Throwable> failure = CompletableFuture.supplyAsync(() -> {
            try {
                return lookup.look();
            } catch (DiscoveryException | InterruptedException e) {
                throw new CompletionException(e);
            }
        }).handle((answer, e) -> e.getCause());
        while (dns.asked.isEmpty()) {
            Thread.yield();
        }

        lookup.close();

        assertThat(failure.get(60, TimeUnit.SECONDS)).isInstanceOf(DiscoveryException.class)
                .as("not the silence's end").hasMessageContaining("could not be asked for in time");
    }

    @Test
    void changesAreSeen() throws Exception {
        dns.has("a.test", 60, "10.0.0.1");
        DnsLookup lookup = lookup("a.test", Type.A, TIMEOUT);
        List<List<FoundTarget>> seen = new ArrayList<>();
        seen.add(lookup.look().targets());
        dns.forget("a.test");
        dns.has("a.test", 60, "10.0.0.2", "10.0.0.3");
        seen.add(lookup.look().targets());

        assertThat(seen).containsExactly(at("10.0.0.1:6379"), at("10.0.0.2:6379", "10.0.0.3:6379"));
    }
}
