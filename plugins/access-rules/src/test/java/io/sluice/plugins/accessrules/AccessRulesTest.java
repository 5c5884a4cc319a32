package io.sluice.plugins.accessrules;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.spi.access.AccessDecision;
import io.sluice.spi.access.AccessPolicy;
import io.sluice.spi.config.ConfigField;
import io.sluice.spi.config.Findings;
import io.sluice.spi.connection.ClientFacts;
import io.sluice.spi.connection.PresentedClient;
import io.sluice.spi.connection.ServiceInfo;
import io.sluice.spi.connection.SocketPeer;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AccessRulesTest {

    private static final ServiceInfo SERVICE = new ServiceInfo("redis", "redis", "", "127.0.0.1", 7001);

    private final List<String> findings = new ArrayList<>();
    private final Findings sink = new Findings() {
        @Override
        public void error(String field, String message, String hint) {
            findings.add("error: " + field + ": " + message);
        }

        @Override
        public void warning(String field, String message, String hint) {
            findings.add("warning: " + field + ": " + message);
        }
    };

    @Test
    void onlyListedAddressesAreAdmitted() {
        AccessPolicy policy = policy(true, List.of("10.0.0.0/8"), false, List.of());

        assertThat(policy.decide(from("10.1.2.3"))).isSameAs(AccessDecision.ALLOW);
        assertThat(policy.decide(from("192.0.2.1")))
                .isEqualTo(AccessDecision.refuse("the address is not in allowed_ips"));
        assertThat(findings).isEmpty();
    }

    @Test
    void blacklistedAddressesAreRefusedAndAllOthersAdmitted() {
        AccessPolicy policy = policy(false, List.of(), true, List.of("192.0.2.1"));

        assertThat(policy.decide(from("192.0.2.1")))
                .isEqualTo(AccessDecision.refuse("the address is in blacklisted_ips"));
        assertThat(policy.decide(from("192.0.2.2"))).isSameAs(AccessDecision.ALLOW);
    }

    @Test
    void theBlackListWinsOverTheWhiteList() {
        AccessPolicy policy = policy(true, List.of("10.0.0.0/8"), true, List.of("10.0.0.66"));

        assertThat(policy.decide(from("10.0.0.66")))
                .isEqualTo(AccessDecision.refuse("the address is in blacklisted_ips"));
        assertThat(policy.decide(from("10.0.0.67"))).isSameAs(AccessDecision.ALLOW);
    }

    @Test
    void thePresentedAddressCountsNotTheSocketsOwn() {
        AccessPolicy policy = policy(true, List.of("10.0.0.0/8"), false, List.of());
        ClientFacts behindProxy = from("127.0.0.1").with(new PresentedClient(
                new InetSocketAddress("10.0.0.5", 1234), new InetSocketAddress("10.0.0.1", 443)));

        assertThat(policy.decide(behindProxy)).isSameAs(AccessDecision.ALLOW);
    }

    @Test
    void refusalsAreNotMadeAnewForEachConnection() {
        AccessPolicy policy = policy(true, List.of(), false, List.of());

        assertThat(policy.decide(from("10.0.0.1"))).isSameAs(policy.decide(from("10.0.0.2")));
    }

    @Test
    void anEmptyWhiteListThatIsInForceAdmitsNobodyAndSaysSo() {
        AccessPolicy policy = policy(true, List.of(), false, List.of());

        assertThat(policy.decide(from("127.0.0.1"))).isInstanceOf(AccessDecision.Refused.class);
        assertThat(findings).containsExactly("warning: allowed_ips: empty (expected: at least one address, as "
                + "enable_ip_whitelisting is true)");
    }

    @Test
    void badEntriesAreErrorsThatNameThem() {
        policy(true, List.of("10.0.0.0/8", "10.0.0.0/40", "::1/200", "db.example.com", ""), true, List.of("1.2.3\n"));

        assertThat(findings).containsExactly(
                "error: allowed_ips[1]: \"10.0.0.0/40\" (expected: a prefix length of 0 to 32)",
                "error: allowed_ips[2]: \"::1/200\" (expected: a prefix length of 0 to 128)",
                "error: allowed_ips[3]: \"db.example.com\" (expected: an IP address or a CIDR network)",
                "error: allowed_ips[4]: \"\" (expected: an IP address or a CIDR network)",
                "error: blacklisted_ips[0]: \"1.2.3\\u000a\" (expected: an IP address or a CIDR network)");
    }

    @Test
    void aMessageDoesNotRepeatAnEndlessEntry() {
        policy(true, List.of("x".repeat(100_000)), false, List.of());

        assertThat(findings).singleElement().asString().hasSizeLessThan(200);
    }

    @Test
    void hostBitsAreAWarningAndTheNetworkIsTaken() {
        AccessPolicy policy = policy(true, List.of("10.1.2.3/8"), false, List.of());

        assertThat(findings).containsExactly("warning: allowed_ips[0]: \"10.1.2.3/8\" (expected: 10.0.0.0/8)");
        assertThat(policy.decide(from("10.200.0.1"))).isSameAs(AccessDecision.ALLOW);
    }

    @Test
    void aListThatIsNotSwitchedOnIsSaidToBeIdle() {
        AccessPolicy policy = policy(false, List.of("10.0.0.1"), true, List.of("192.0.2.1"));

        assertThat(findings).containsExactly("warning: allowed_ips: listed, but not in force "
                + "(expected: enable_ip_whitelisting: true)");
        assertThat(policy.decide(from("172.16.0.1"))).isSameAs(AccessDecision.ALLOW);
    }

    @Test
    void itIsSwitchedOnByEitherOfTheDefinitionsFields() {
        assertThat(new AccessRulesFactory().fields()).filteredOn(field -> field.role() == ConfigField.Role.SWITCH)
                .extracting(ConfigField::path)
                .containsExactly("enable_ip_whitelisting", "enable_ip_blacklisting");
        assertThat(new AccessRulesFactory().fields()).filteredOn(field -> field.role() == ConfigField.Role.VALUE)
                .flatExtracting(field -> Stream.of(field.path(), field.component()).toList())
                .containsExactly("enable_ip_whitelisting", "enable_ip_whitelisting", "allowed_ips", "allowed_ips",
                        "enable_ip_blacklisting", "enable_ip_blacklisting", "blacklisted_ips", "blacklisted_ips");
        assertThat(new AccessRulesFactory().decidesByAddress()).isTrue();
    }

    private AccessPolicy policy(boolean white, List<String> allowed, boolean black, List<String> blacklisted) {
        return new AccessRulesFactory().create(new AccessRulesConfig(white, allowed, black, blacklisted), SERVICE, sink);
    }

    private static ClientFacts from(String address) {
        return ClientFacts.of(new SocketPeer(
                new InetSocketAddress(address, 50_000), new InetSocketAddress("127.0.0.1", 7001)));
    }
}
