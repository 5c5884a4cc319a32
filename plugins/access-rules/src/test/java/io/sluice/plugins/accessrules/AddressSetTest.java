package io.sluice.plugins.accessrules;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressSetTest {

    @ParameterizedTest
    @CsvSource({
        "9.255.255.255,  false",
        "10.0.0.0,       true",
        "10.1.2.3,       true",
        "10.255.255.255, true",
        "11.0.0.0,       false",
        "192.0.2.7,      true",
        "192.0.2.8,      false",
        "255.255.255.255, true",
        "2001:db8::1,    true",
        "2001:db9::,     false",
        "::1,            false",
    })
    void membersAreFoundAtTheEdgesOfTheirRanges(String address, boolean contained) throws Exception {
        AddressSet set = set("10.0.0.0/8", "10.1.0.0/16", "192.0.2.7", "255.255.255.255", "2001:db8::/32");

        assertThat(set.contains(InetAddress.getByName(address))).isEqualTo(contained);
    }

    @Test
    void everyIpv6AddressIsNoIpv4Address() throws Exception {
        assertThat(set("::/0").contains(InetAddress.getByName("192.0.2.7"))).isFalse();
        assertThat(set("0.0.0.0/0").contains(InetAddress.getByName("2001:db8::1"))).isFalse();
    }

    @Test
    void aClientInMappedFormIsAnIpv4Client() throws Exception {
        byte[] mapped = new byte[16];
        mapped[10] = (byte) 0xff;
        mapped[11] = (byte) 0xff;
        mapped[12] = 10;
        mapped[15] = 1;
        InetAddress client = Inet6Address.getByAddress(null, mapped, -1);

        assertThat(client).isInstanceOf(Inet6Address.class);
        assertThat(set("10.0.0.0/8").contains(client)).isTrue();
        assertThat(set("::ffff:10.0.0.1").contains(client)).isTrue();
        assertThat(set("::/0").contains(client)).isFalse();
    }

    @Test
    void anEmptySetContainsNobody() throws Exception {
        assertThat(set().contains(InetAddress.getByName("127.0.0.1"))).isFalse();
        assertThat(set().contains(InetAddress.getByName("::1"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void tenThousandEntriesAnswerAsAPlainSearchThroughThem(long seed) throws Exception {
        Random random = new Random(seed);
        List<Network> networks = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            networks.add(new Network(Address.v4(random.nextInt() & 0xffff_ffffL), 12 + random.nextInt(21)).aligned());
        }
        AddressSet set = AddressSet.of(networks);

        for (int i = 0; i < 500; i++) {
            long probe = i % 2 == 0 ? random.nextInt() & 0xffff_ffffL
                    : networks.get(random.nextInt(networks.size())).last().low() + random.nextInt(2) & 0xffff_ffffL;
            boolean expected = networks.stream()
                    .anyMatch(network -> network.first().low() <= probe && probe <= network.last().low());
            assertThat(set.contains(InetAddress.getByName(Address.v4(probe).toString())))
                    .as("seed %d, %s", seed, Address.v4(probe)).isEqualTo(expected);
        }
    }

    private static AddressSet set(String... entries) throws BadAddress {
        List<Network> networks = new ArrayList<>();
        for (String entry : entries) {
            networks.add(Network.parse(entry));
        }
        return AddressSet.of(networks);
    }
}
