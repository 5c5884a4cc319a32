package io.sluice.kernel.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.kernel.config.IpLiteral;
import io.sluice.spi.connection.ClientFacts;
import io.sluice.spi.control.ControlRefused;
import io.sluice.spi.control.Explainer.Question;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientsTest {

    private final Clients clients = new Clients(id -> Optional.empty());

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST", "[localhost]", "somewhere", "example.com", "127.1", "127.0.0.1:6379", "[127.0.0.1]",
        "[::1]:6379", "::1::", ".:1", "1.2.3.4/8", " ::1", "*", "[]", ""})
    void anAddressIsNeverAName(String junk) {
        for (String field : List.of("address", "client", "presented_client")) {
            assertThatThrownBy(() -> ask(field, junk)).isInstanceOf(ControlRefused.class)
                    .hasMessage(field + ": \"" + junk + "\" (expected: an IP address, without a port)");
        }
    }

    @ParameterizedTest
    @CsvSource({"192.0.2.7, 192.0.2.7", "2001:DB8:0::7, 2001:db8::7", "[::1], ::1"})
    void anAddressIsTakenAsItIsWritten(String written, String meant) throws ControlRefused {
        ClientFacts facts = clients.of(question(written, null, null), InetAddress.getLoopbackAddress());
        assertThat(IpLiteral.text(facts.socket().remote().getAddress())).isEqualTo(meant);
        assertThat(IpLiteral.text(facts.client().source().getAddress())).as("nobody presents another one").isEqualTo(meant);
        facts = clients.of(question("::1", written, null), InetAddress.getLoopbackAddress());
        assertThat(IpLiteral.text(facts.client().source().getAddress())).isEqualTo(meant);
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "*.example.com", "a b", "a..b", ".", "https://a.example", "a.example:443", "bücher.example", ""})
    void aServerNameIsOneThatAClientCanAskFor(String junk) {
        assertThatThrownBy(() -> clients.of(question(null, null, junk), InetAddress.getLoopbackAddress()))
                .isInstanceOf(ControlRefused.class).hasMessage("server_name: \"" + junk + "\" (expected: a host name)");
    }

    @ParameterizedTest
    @CsvSource({"A.Example., a.example", "192.0.2.1, 192.0.2.1", "2001:DB8::1, 2001:db8::1", "_srv._tcp.a-b.example, _srv._tcp.a-b.example"})
    void aServerNameIsReadAsInAHandshake(String written, String read) throws ControlRefused {
        assertThat(clients.of(question(null, null, written), InetAddress.getLoopbackAddress()).serverName()).contains(read);
    }

    @Test
    void whatIsNotGivenIsOnThisMachine() throws ControlRefused {
        ClientFacts facts = clients.of(question(null, null, null), InetAddress.getLoopbackAddress());
        assertThat(facts.socket().remote().getAddress().isLoopbackAddress()).isTrue();
        assertThat(facts.serverName()).isEmpty();
    }

    private void ask(String field, String address) throws ControlRefused {
        if (field.equals("address")) {
            Clients.address(field, address);
        } else {
            clients.of(field.equals("client") ? question(address, null, null) : question(null, address, null),
                    InetAddress.getLoopbackAddress());
        }
    }

    private static Question question(String client, String presented, String serverName) {
        return new Question(6379, null, serverName, client, presented, List.of(), null);
    }
}
