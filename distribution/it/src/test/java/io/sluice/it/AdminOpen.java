package io.sluice.it;

import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;

/** Each test has a gateway with its admin API open, and a server that echoes. */
abstract class AdminOpen extends Unstarted {

    Admin admin;

    @BeforeEach
    void start() throws IOException {
        gateway.with("\"plugins\": { \"poll\": \"50ms\" }",
                "\"admin\": { \"address\": \"127.0.0.1:0\", \"hosts\": [\"gateway.example\"] }").start();
        admin = Admin.of(gateway);
    }
}
