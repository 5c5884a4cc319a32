package io.sluice.plugins.sourcehash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.sluice.plugins.sourcehash.SourceHashConfig.Key;
import io.sluice.spi.balancer.Balancer;
import io.sluice.spi.balancer.Target;
import io.sluice.spi.connection.ClientFacts;
import io.sluice.spi.connection.PresentedClient;
import io.sluice.spi.connection.ServiceInfo;
import io.sluice.testing.balancing.BalancerContract;
import io.sluice.testing.balancing.FakeTarget;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SourceHashTest extends BalancerContract {

    private final Balancer balancer = balancer(Key.CLIENT_ADDRESS, 0);

    @Override
    protected Balancer balancer() {
        return balancer;
    }

    private static Balancer balancer(Key key, int maxLoad) {
        return new SourceHashFactory().create(new SourceHashConfig(key, maxLoad), new ServiceInfo("s", "s", "", "0.0.0.0", 1));
    }

    @Test
    void theSameClientGetsTheSameTargetFromEveryGatewayWhateverTheOrderOfTheList() {
        List<Target> targets = FakeTarget.equal(7);
        List<Target> reversed = IntStream.range(0, 7).mapToObj(i -> targets.get(6 - i)).toList();
        Balancer other = balancer(Key.CLIENT_ADDRESS, 0);
        balancer.targets(targets);
        other.targets(reversed);

        for (int address = 0; address < 2000; address++) {
            Target picked = balancer.pick(FIRST_TRY, client(address));
            assertThat(balancer.pick(FIRST_TRY, client(address))).isSameAs(picked);
            assertThat(other.pick(FIRST_TRY, client(address))).isSameAs(picked);
        }
    }

    @Test
    void thePresentedAddressIsHashedNotTheSockets() throws Exception {
        balancer.targets(FakeTarget.equal(50));
        InetSocketAddress source = new InetSocketAddress(InetAddress.getByName("192.0.2.7"), 1);
        ClientFacts behindProxy = client(1).with(new PresentedClient(source, source));

        assertThat(balancer.pick(FIRST_TRY, behindProxy)).isSameAs(balancer.pick(FIRST_TRY, client(0xC0000207)));
    }

    @Test
    void clientsWithIpv6AddressesAreSpreadToo() throws Exception {
        balancer.targets(FakeTarget.equal(10));
        Set<Target> picked = new HashSet<>();
        for (int i = 0; i < 200; i++) {
            InetSocketAddress source = new InetSocketAddress(InetAddress.getByName("2001:db8::1:" + i), 1);
            picked.add(balancer.pick(FIRST_TRY, client(1).with(new PresentedClient(source, source))));
        }

        assertThat(picked).hasSize(10);
    }

    @Test
    void theServerNameIsHashedIfAskedForAndElseTheAddressStands() {
        Balancer byName = balancer(Key.SERVER_NAME, 0);
        byName.targets(FakeTarget.equal(50));
        balancer.targets(FakeTarget.equal(50));

        Set<String> picked = new HashSet<>();
        for (int address = 0; address < 100; address++) {
            picked.add(byName.pick(FIRST_TRY, client(address).withServerName("db.example.com")).id());
            assertThat(byName.pick(FIRST_TRY, client(address)).id()).isEqualTo(balancer.pick(FIRST_TRY, client(address)).id());
        }
        assertThat(picked).hasSize(1);
        assertThat(IntStream.range(0, 1000).mapToObj(i -> byName.pick(FIRST_TRY, client(1).withServerName("n" + i)).id())
                .distinct()).hasSize(50);
    }

    @Test
    void aTargetThatFailsSendsItsClientsToAllOthers() {
        List<Target> targets = FakeTarget.equal(10);
        balancer.targets(targets);
        Set<Target> second = new HashSet<>();
        for (int address = 0; address < 10_000; address++) {
            if (balancer.pick(FIRST_TRY, client(address)) == targets.get(0)) {
                second.add(balancer.pick(target -> target == targets.get(0), client(address)));
            }
        }

        assertThat(second).containsExactlyInAnyOrderElementsOf(targets.subList(1, 10));
    }

    @Test
    void aFullTargetPassesItsClientsOn() {
        Balancer bounded = balancer(Key.CLIENT_ADDRESS, 125);
        List<Target> targets = FakeTarget.weighted(1, 1, 2);
        bounded.targets(targets);

        // everybody comes from one address
        for (int i = 1; i <= 400; i++) {
            ((FakeTarget) bounded.pick(FIRST_TRY, client(7))).connect();
        }

        assertThat(targets).extracting(Target::connections).allSatisfy(count -> assertThat(count).isPositive());
        for (Target target : targets) {
            assertThat(target.connections()).isLessThanOrEqualTo((int) Math.ceil(1.25 * 400 * target.weight() / 4));
        }
    }

    @Test
    void aBoundBelowTheFairShareIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new SourceHashConfig(Key.CLIENT_ADDRESS, 100))
                .withMessage("max_load: 100 (expected: 0, or 101 to 10000)");
    }
}
