package io.sluice.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.testing.certs.Authority;
import io.sluice.testing.certs.CertificateRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Properties;
import javax.net.SocketFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** The sample of PostgreSQL behind direct TLS, with a real server and a real client. */
@ParameterizedClass
@ValueSource(strings = {"boringssl", "jdk"})
class TlsSamplesIT {

    private static final Path SAMPLE = Path.of(System.getProperty("sluice.it.samples"), "postgresql-direct-tls/postgresql-direct-tls.json");
    private static final Authority CA = Authority.root("Test CA");

    @TempDir
    Path base;
    @TempDir
    Path data;

    @Parameter
    String provider;

    private int port;

    @Test
    void clientsReachTheirServerByDirectTls() throws Exception {
        port = Gateway.freePort();
        try (PostgresServer server = PostgresServer.create(data).start();
                Gateway gateway = Gateway.on(base).withOptions("-Dsluice.tls.provider=" + provider)) {
            gateway.service("sample", Files.readString(SAMPLE).replace("\"listen_port\": 5432", "\"listen_port\": " + port)
                            .replace("10.0.0.11:5432", "127.0.0.1:" + server.port)
                            .replace("10.0.0.12:5432", "127.0.0.1:" + server.port))
                    .file("certs/orders.pem", CA.issue(CertificateRequest.forName("orders.db.example")).pem())
                    .file("certs/stock.pem", CA.issue(CertificateRequest.forName("stock.db.example")).pem())
                    .file("ca.pem", CA.own().certificatePem()).start();
            assertThat(gateway.ready().get("problems").toString()).doesNotContain("error");
            try (Connection connection = connect("app", "orders.db.example", "direct");
                    ResultSet answer = connection.createStatement().executeQuery("SELECT sum(n) FROM generate_series(1, 100000) n")) {
                assertThat(answer.next()).isTrue();
                assertThat(answer.getLong(1)).isEqualTo(5_000_050_000L);
            }
            try (Connection connection = connect("probe", "stock.db.example", "direct")) {
                assertThat(connection.isValid(20)).as("with a password by SCRAM").isTrue();
            }
            assertThatThrownBy(() -> connect("app", "orders.db.example", "postgres")).isInstanceOf(SQLException.class);
            // a connection that has ended leaves its record when its other side has ended too, so the order is open
            assertThat(Gateway.eventually(() -> only(gateway, "close_reason", "bad_preamble")).get("service").isNull()).isTrue();
            assertThat(Gateway.eventually(() -> only(gateway, "server_name", "orders.db.example")).get("alpn").asText())
                    .isEqualTo("postgresql");
            assertThat(Gateway.eventually(() -> only(gateway, "server_name", "stock.db.example")).get("alpn").asText())
                    .isEqualTo("postgresql");
        }
    }

    private static JsonNode only(Gateway gateway, String field, String value) throws IOException {
        return gateway.accessLog().stream().filter(line -> line.get(field).asText().equals(value)).findFirst().orElseThrow();
    }

    private Connection connect(String user, String host, String negotiation) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", PostgresServer.PASSWORD);
        properties.setProperty("sslmode", "verify-full");
        properties.setProperty("sslrootcert", base.resolve("conf/ca.pem").toString());
        properties.setProperty("sslNegotiation", negotiation);
        properties.setProperty("socketFactory", Loopback.class.getName());
        return DriverManager.getConnection("jdbc:postgresql://" + host + ":" + port + "/postgres", properties);
    }

    /** Every name is this machine; the driver makes one by its class's name. */
    public static final class Loopback extends SocketFactory {

        @Override
        public Socket createSocket() {
            return new Socket() {
                @Override
                public void connect(SocketAddress wanted, int timeout) throws IOException {
                    super.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), ((InetSocketAddress) wanted).getPort()), timeout);
                }
            };
        }

        @Override
        public Socket createSocket(String host, int port) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress local, int localPort) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket createSocket(InetAddress host, int port) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
            throw new UnsupportedOperationException();
        }
    }
}
