package io.sluice.plugins.accessrules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTest {

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0,                        0.0.0.0,              0.0.0.0",
        "255.255.255.255,                255.255.255.255,      255.255.255.255",
        "10.0.0.0/8,                     10.0.0.0,             10.255.255.255",
        "10.9.8.7/8,                     10.0.0.0,             10.255.255.255",
        "0.0.0.0/0,                      0.0.0.0,              255.255.255.255",
        "192.0.2.7/32,                   192.0.2.7,            192.0.2.7",
        "192.0.2.6/31,                   192.0.2.6,            192.0.2.7",
        "::,                             0:0:0:0:0:0:0:0,      0:0:0:0:0:0:0:0",
        "::1,                            0:0:0:0:0:0:0:1,      0:0:0:0:0:0:0:1",
        "1::,                            1:0:0:0:0:0:0:0,      1:0:0:0:0:0:0:0",
        "1:2:3:4:5:6:7::,                1:2:3:4:5:6:7:0,      1:2:3:4:5:6:7:0",
        "::2:3:4:5:6:7:8,                0:2:3:4:5:6:7:8,      0:2:3:4:5:6:7:8",
        "2001:DB8::a:0B,                 2001:db8:0:0:0:0:a:b, 2001:db8:0:0:0:0:a:b",
        "2001:db8::/32,                  2001:db8:0:0:0:0:0:0, 2001:db8:ffff:ffff:ffff:ffff:ffff:ffff",
        "::/0,                           0:0:0:0:0:0:0:0,      ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
        "fe80::1/64,                     fe80:0:0:0:0:0:0:0,   fe80:0:0:0:ffff:ffff:ffff:ffff",
        "fe80::/65,                      fe80:0:0:0:0:0:0:0,   fe80:0:0:0:7fff:ffff:ffff:ffff",
        "64:ff9b::192.0.2.33,            64:ff9b:0:0:0:0:c000:221, 64:ff9b:0:0:0:0:c000:221",
        "::ffff:192.0.2.7,               192.0.2.7,            192.0.2.7",
        "::FFFF:c000:207,                192.0.2.7,            192.0.2.7",
        "::ffff:10.0.0.0/104,            10.0.0.0,             10.255.255.255",
        "::ffff:0:0/96,                  0.0.0.0,              255.255.255.255",
    })
    void networksReachFromTheirFirstToTheirLastAddress(String text, String first, String last) throws BadAddress {
        Network network = Network.parse(text);

        assertThat(network.first()).hasToString(first);
        assertThat(network.last()).hasToString(last);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", " ", "...", "localhost", "example.com", "10", "10.1", "10.1.2", "10.0.0.1.2", "10.0.0.", ".10.0.0.1",
        "10.0.0.256", "10.0.0.010", "010.0.0.1", "0x0a.0.0.1", "10.0.0.+1", "10.0.0.-1", "10.0.0.1 ", " 10.0.0.1",
        "10.0.0.1\n", "10.0.0.1:80", "10.0.0.*", "10.0.0.1-10.0.0.9", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/40",
        "10.0.0.0/-1", "10.0.0.0/+8", "10.0.0.0/08", "10.0.0.0/8/8", "10.0.0.0/255.0.0.0", "/8", "10.0.0.0/ 8",
        "١٠.0.0.1", "10.0.0.１",
        ":", ":::", "1", "1:2", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1:2:3:4:5:6:7:8::", "::1:2:3:4:5:6:7:8",
        "1::2::3", ":1::2", "1::2:", "12345::", "g::", "-1::", "[::1]", "::1%eth0", "fe80::1%1/64", "::1/129",
        "::1.2.3", "::1.2.3.4.5", "::1.2.3.256", "1.2.3.4::", "::1.2.3.4:5", "1:2:3:4:5:6:7:1.2.3.4",
        "::ffff:10.0.0.0/95", "::ffff:10.0.0.0/8", "::ffff:10.0.0.0/129", "::/128x", "２001::1",
    })
    void whatIsNoLiteralIsRefused(String text) {
        assertThatThrownBy(() -> Network.parse(text)).isInstanceOf(BadAddress.class);
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.1/8,     true",
        "10.0.0.0/8,     false",
        "10.0.0.1,       false",
        "10.0.0.1/32,    false",
        "2001:db8::1/64, true",
        "2001:db8::/64,  false",
        "8000::/0,       true",
    })
    void hostBitsAreSeen(String text, boolean set) throws BadAddress {
        assertThat(Network.parse(text).hasHostBits()).isEqualTo(set);
    }
}
