package io.sluice.kernel.plugin;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Classes of Netty that keep an exception in a static field, and with it the stack of whoever used them first: a
 * {@link Throwable} holds the classes of its frames. If a plugin were the first, its class loader could never be
 * collected, so the gateway goes first.
 */
final class SharedStatics {

    private static final Logger LOG = LoggerFactory.getLogger(SharedStatics.class);
    private static final List<String> CLASSES = List.of("io.netty.util.concurrent.ImmediateEventExecutor",
            "io.netty.util.concurrent.GlobalEventExecutor", "io.netty.handler.codec.http.HttpObjectDecoder");

    private SharedStatics() {
    }

    static void initialise() {
        CLASSES.forEach(SharedStatics::initialise);
    }

    /**
     * Initialises a class; one that is not on the class path cannot be used by a plugin either. One that cannot be
     * initialised costs a class loader, and is no reason not to start.
     */
    static void initialise(String name) {
        try {
            Class.forName(name, true, SharedStatics.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            LOG.debug("{} is not there", name);
        } catch (LinkageError e) {
            LOG.warn("{} cannot be initialised: a plugin that uses it first may never be unloaded", name, e);
        }
    }
}
