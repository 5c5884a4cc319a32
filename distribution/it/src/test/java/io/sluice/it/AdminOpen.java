package io.sluice.it;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Each test has a gateway with its admin API open, and a server that echoes. */
abstract class AdminOpen {

    @TempDir
    Path base;

    Gateway gateway;
    EchoServer server;
    Admin admin;

    @BeforeEach
    void start() throws IOException {
        server = new EchoServer(EchoServer.ECHO);
        gateway = Gateway.on(base).settings("{ \"listen_address\": \"127.0.0.1\", \"disable_ports_whitelist\": true,"
                + " \"plugins\": { \"poll\": \"50ms\" },"
                + " \"admin\": { \"address\": \"127.0.0.1:0\", \"hosts\": [\"gateway.example\"] } }").start();
        admin = Admin.of(gateway);
    }

    @AfterEach
    void stop() throws IOException {
        gateway.close();
        server.close();
    }
}
