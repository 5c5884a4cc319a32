package io.sluice.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Who gets in, for how long, and what the access log says of those who do not. */
@Tag("jdk")
class LimitsIT extends Unstarted {

    /** No connection is ended because the gateway ends, so that each shows why it ended. */
    private static final String LONG_DRAIN = "\"timeouts\": { \"drain\": \"10m\" }";

    private int port;

    @BeforeEach
    void choosePort() throws IOException {
        port = Gateway.freePort();
    }

    @Test
    void placeOfAServiceIsTakenAndGivenBack() throws Exception {
        start("\"limits\": { \"max_connections\": 2 }");
        try (Socket one = Gateway.connect(port); Socket two = Gateway.connect(port)) {
            assertThat(answers(one)).isTrue();
            assertThat(answers(two)).isTrue();
            // not before: of those who come together any may be the last
            try (Socket three = Gateway.connect(port)) {
                assertThat(answers(three)).isFalse();
            }
        }
        Gateway.eventually(() -> {
            try (Socket again = Gateway.connect(port)) {
                assertThat(answers(again)).isTrue();
            }
            return true;
        });
        assertThat(reasons()).contains("too_many_connections");
    }

    @Test
    void limitPerAddressCountsThePresentedOne() throws Exception {
        start("\"limits\": { \"max_connections_per_ip\": 1 }, \"enable_proxy_protocol\": true,"
                + " \"proxy_protocol\": { \"trusted\": [\"127.0.0.1\"] }");
        try (Socket one = Gateway.connect(port); Socket same = Gateway.connect(port); Socket other = Gateway.connect(port)) {
            assertThat(answers(one, "PROXY TCP4 203.0.113.1 203.0.113.9 1111 1\r\n")).isTrue();
            assertThat(answers(same, "PROXY TCP4 203.0.113.1 203.0.113.9 2222 1\r\n")).isFalse();
            assertThat(answers(other, "PROXY TCP4 203.0.113.2 203.0.113.9 3333 1\r\n")).isTrue();
        }
        assertThat(reasons()).contains("too_many_connections");
    }

    @Test
    void rateIsLimited() throws Exception {
        start("\"limits\": { \"new_connections_per_second\": 3 }");
        int served = servedOf(30);
        assertThat(served).isGreaterThanOrEqualTo(3);
        // where the machine stood still between them nobody was too fast
        assertThat(served < 30 || Gateway.eventually(() -> servedOf(30) < 30)).isTrue();
        assertThat(reasons()).contains("too_fast");
    }

    /** How many are served of so many who come together. */
    private int servedOf(int clients) throws IOException {
        List<Socket> sockets = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            sockets.add(Gateway.connect(port));
        }
        int served = 0;
        for (Socket socket : sockets) {
            served += answers(socket) ? 1 : 0;
            socket.close();
        }
        return served;
    }

    @Test
    void headerOfAnUntrustedSenderIsRefused() throws Exception {
        start("\"enable_proxy_protocol\": true, \"proxy_protocol\": { \"trusted\": [\"10.0.0.0/8\"] }");
        try (Socket socket = Gateway.connect(port)) {
            assertThat(answers(socket, "PROXY TCP4 203.0.113.1 203.0.113.9 1111 1\r\n")).isFalse();
        }
        assertThat(reasons()).contains("untrusted_proxy");
    }

    @Test
    void missingHeaderIsRefusedAndNothingReachesTheTarget() throws Exception {
        start("\"enable_proxy_protocol\": true, \"proxy_protocol\": { \"trusted\": [\"127.0.0.1\"] }");
        try (Socket socket = Gateway.connect(port)) {
            assertThat(answers(socket, "GET / HTTP/1.0\r\n\r\n")).isFalse();
        }
        assertThat(reasons()).contains("bad_preamble");
        assertThat(gateway.accessLog().get(0).get("target").isNull()).isTrue();
    }

    @Test
    void dripPastTheDeadlineIsEnded() throws Exception {
        start("\"enable_proxy_protocol\": true, \"proxy_protocol\": { \"trusted\": [\"127.0.0.1\"] }",
                "\"timeouts\": { \"handshake\": \"300ms\" }");
        try (Socket socket = Gateway.connect(port)) {
            socket.getOutputStream().write("PROXY TC".getBytes(StandardCharsets.US_ASCII));
            assertThat(Gateway.isEnded(socket)).isTrue();
        }
        assertThat(reasons()).contains("handshake_timeout");
    }

    @Test
    void addressesAreAdmittedAndRefused() throws Exception {
        start("\"enable_proxy_protocol\": true, \"proxy_protocol\": { \"trusted\": [\"127.0.0.1\"] },"
                + " \"enable_ip_whitelisting\": true, \"allowed_ips\": [\"203.0.113.0/24\"],"
                + " \"enable_ip_blacklisting\": true, \"blacklisted_ips\": [\"203.0.113.66\"]");
        try (Socket right = Gateway.connect(port); Socket listed = Gateway.connect(port); Socket wrong = Gateway.connect(port)) {
            assertThat(answers(right, "PROXY TCP4 203.0.113.7 203.0.113.9 1 1\r\n")).isTrue();
            assertThat(answers(listed, "PROXY TCP4 203.0.113.66 203.0.113.9 1 1\r\n")).isFalse();
            assertThat(answers(wrong, "PROXY TCP4 198.51.100.7 203.0.113.9 1 1\r\n")).isFalse();
        }
        assertThat(reasons()).contains("access_denied");
    }

    @Test
    void silenceAndOldAgeEndAConnection() throws Exception {
        int second = Gateway.freePort();
        gateway.with(LONG_DRAIN).service("idle", service(port, "", ", \"timeouts\": { \"idle\": \"500ms\" }"))
                .service("old", service(second, "", ", \"timeouts\": { \"max_lifetime\": \"1s\" }")).start();
        for (int each : new int[] {port, second}) {
            // one that is held up before its first word is not answered any more
            Gateway.eventually(() -> {
                try (Socket socket = Gateway.connect(each)) {
                    return answers(socket) && Gateway.isEnded(socket);
                }
            });
        }
        assertThat(reasons()).contains("idle_timeout", "max_lifetime");
    }

    @Test
    void headerIsSentBeforeTheClientsBytes() throws Exception {
        try (ServerSocket target = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"))) {
            gateway.service("a", "{ \"name\": \"a\", \"listen_port\": " + port + ", \"protocol\": \"tcp\", \"proxy\": {"
                    + " \"target_url\": \"127.0.0.1:" + target.getLocalPort() + "\", \"send_proxy_protocol\": \"v1\" } }").start();
            try (Socket client = Gateway.connect(port)) {
                client.getOutputStream().write("hello".getBytes(StandardCharsets.US_ASCII));
                try (Socket accepted = target.accept()) {
                    String header = "PROXY TCP4 127.0.0.1 127.0.0.1 " + client.getLocalPort() + " " + port + "\r\nhello";
                    assertThat(new String(accepted.getInputStream().readNBytes(header.length()), StandardCharsets.US_ASCII))
                            .isEqualTo(header);
                }
            }
        }
    }

    @Test
    void privilegedPortThatMayNotBeBoundIsAFailedListener() throws Exception {
        Path first = Path.of("/proc/sys/net/ipv4/ip_unprivileged_port_start");
        Assumptions.assumeTrue(Files.exists(first) && Integer.parseInt(Files.readString(first).strip()) > 80
                && !"root".equals(System.getProperty("user.name")), "this user may bind port 80");
        gateway.service("a", service(port, "", "")).service("web", service(80, "", "")).start();
        JsonNode failed = null;
        for (JsonNode listener : gateway.ready().get("listeners")) {
            failed = listener.get("state").asText().equals("failed") ? listener : failed;
        }
        assertThat(failed).isNotNull();
        assertThat(failed.get("reason").asText()).contains("permission denied");
    }

    private void start(String fields) throws IOException {
        start(fields, LONG_DRAIN);
    }

    private void start(String fields, String settings) throws IOException {
        gateway.with(settings).service("a", service(port, fields, "")).start();
        assertThat(gateway.ready().get("problems")).isEmpty();
    }

    private String service(int port, String fields, String proxy) {
        return "{ \"name\": \"a" + port + "\", \"listen_port\": " + port + ", \"protocol\": \"tcp\", "
                + (fields.isEmpty() ? "" : fields + ", ")
                + "\"proxy\": { \"target_url\": \"" + server.address() + "\"" + proxy + " } }";
    }

    private static boolean answers(Socket socket) {
        return answers(socket, "");
    }

    private static boolean answers(Socket socket, String first) {
        try {
            socket.getOutputStream().write((first + "x").getBytes(StandardCharsets.US_ASCII));
            return socket.getInputStream().read() == 'x';
        } catch (IOException e) {
            return false;
        }
    }

    /** Why connections ended, once all that are closed have been written down. */
    private Set<String> reasons() throws IOException {
        gateway.terminate();
        gateway.exit();
        List<JsonNode> records = gateway.accessLog();
        return records.stream().map(record -> record.get("close_reason").asText()).collect(Collectors.toSet());
    }
}
