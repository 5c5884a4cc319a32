package io.sluice.it;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Each test has a gateway that is not started yet, and a server that echoes. */
abstract class Unstarted {

    @TempDir
    Path base;

    Gateway gateway;
    EchoServer server;

    @BeforeEach
    void prepare() throws IOException {
        gateway = Gateway.on(base);
        server = new EchoServer(EchoServer.ECHO);
    }

    @AfterEach
    void stop() throws IOException {
        try {
            gateway.close();
        } finally {
            server.close();
        }
    }
}
