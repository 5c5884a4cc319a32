package io.sluice.kernel.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.kernel.log.Logged;
import org.junit.jupiter.api.Test;

class SharedStaticsTest {

    private static final class Broken {
        static {
            fail();
        }

        private static void fail() {
            throw new IllegalStateException("no such library");
        }
    }

    @Test
    void classThatCannotBeInitialisedIsNamedAndStopsNothing() {
        try (Logged log = new Logged(SharedStatics.class)) {
            SharedStatics.initialise(Broken.class.getName());
            SharedStatics.initialise("io.netty.NotThere");
            assertThat(log.lines()).singleElement().asString().startsWith("WARN " + Broken.class.getName());
        }
    }
}
