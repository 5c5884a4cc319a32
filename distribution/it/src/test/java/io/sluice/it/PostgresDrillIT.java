package io.sluice.it;

import static io.sluice.it.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real PostgreSQL and its standby behind the gateway: clients reach the primary, whoever that is. */
@Tag("alone")
class PostgresDrillIT {

    @TempDir
    Path folder;

    private PostgresServer first;
    private PostgresServer second;
    private Gateway gateway;
    private int port;

    @BeforeEach
    void start() throws Exception {
        port = Gateway.freePort();
        first = PostgresServer.create(folder.resolve("first"));
        second = first.standby(Files.createDirectory(folder.resolve("copies")).resolve("second"));
        first.start();
        second.start();
        gateway = Gateway.on(folder.resolve("base"));
    }

    @AfterEach
    void stop() {
        for (AutoCloseable one : new AutoCloseable[] {gateway, second, first}) {
            try {
                if (one != null) {
                    one.close();
                }
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private String definition(int listenPort, String command) {
        return """
                { "name": "PostgreSQL %1$d", "listen_port": %1$d, "protocol": "tcp",
                  "proxy": { "target_list": [ "tcp://127.0.0.1:%2$d", "tcp://127.0.0.1:%3$d" ],
                    "enable_load_balancing": true, "check_host_against_uptime_tests": true },
                  "uptime_tests": {
                    "config": { "interval": "8s", "unhealthy_interval": "1s", "timeout": "8s", "fall": 1, "single_primary": true },
                    "default_check": { "commands": [ %4$s ] } } }
                """.formatted(listenPort, first.port, second.port, command);
    }

    private static String role(String user) {
        return "{ \"name\": \"postgres_role\", \"user\": \"" + user + "\", \"password\": \"" + PostgresServer.PASSWORD
                + "\" }";
    }

    private static Connection connect(int to) throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + to
                + "/postgres?user=app&sslmode=disable&connectTimeout=60&socketTimeout=60");
    }

    /** Writes a row and says which server took it. */
    private static int write(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "INSERT INTO written VALUES (1) RETURNING current_setting('port')::int")) {
            row.next();
            return row.getInt(1);
        }
    }

    private void awaitWritesTo(PostgresServer server) {
        await().pollInterval(Duration.ofMillis(100)).ignoreExceptions().until(() -> {
            try (Connection connection = connect(port)) {
                return write(connection) == server.port;
            }
        });
    }

    @Test
    void promotedStandbyTakesOverAndTheOldPrimaryThatComesBackIsLeftAlone() throws Exception {
        gateway.service("postgres", definition(port, role("probe"))).start();
        awaitWritesTo(first);

        first.kill();
        second.promote();
        awaitWritesTo(second);
        first.start();
        gateway.awaitReady("two claim to be the primary",
                ready -> ready.get("problems").toString().contains("several_primaries"));

        awaitWritesTo(second);
        for (int i = 0; i < 20; i++) {
            try (Connection connection = connect(port)) {
                assertThat(write(connection)).as("the newer timeline").isEqualTo(second.port);
            }
        }
    }

    @Test
    void clientsOfAPrimaryAreCutWhenItsStandbyIsPromotedBesideIt() throws Exception {
        gateway.service("postgres", definition(port, role("probe"))).start();
        awaitWritesTo(first);

        try (Connection live = connect(port)) {
            assertThat(write(live)).isEqualTo(first.port);
            second.promote();
            awaitWritesTo(second);
            // who comes anew is led to the new one first, and then those are cut who are at the old one
            await().untilAsserted(() -> assertThatThrownBy(() -> write(live)).isInstanceOf(SQLException.class));
        }
    }

    @Test
    void everyKindOfPasswordLogsInAndNoneIsLogged() throws Exception {
        int md5 = Gateway.freePort();
        int clear = Gateway.freePort();
        gateway.service("scram", definition(port, role("probe"))).service("md5", definition(md5, role("md5")))
                .service("clear", definition(clear, role("clear"))).start();
        for (int each : new int[] {port, md5, clear}) {
            assertThat(Gateway.<Integer>eventually(() -> {
                try (Connection connection = connect(each)) {
                    return write(connection);
                }
            })).isEqualTo(first.port);
        }
        assertThat(gateway.stderr() + Files.readString(gateway.readyFile())).doesNotContain(PostgresServer.PASSWORD);
    }

    @Test
    void standbyIsReachedWhereOneIsWanted() throws Exception {
        gateway.service("postgres", definition(port, "{ \"name\": \"postgres_role\", \"role\": \"standby\","
                + " \"user\": \"app\" }")).start();

        assertThat(Gateway.<String>eventually(() -> {
            try (Connection connection = connect(port);
                    ResultSet row = connection.createStatement().executeQuery("SELECT pg_is_in_recovery()")) {
                row.next();
                return row.getString(1);
            }
        })).isEqualTo("t");
    }
}
