package io.sluice.kernel.plugin;

import java.util.List;

/**
 * Classes of Netty that keep an exception in a static field, and with it the stack of whoever used them first: a
 * {@link Throwable} holds the classes of its frames. If a plugin were the first, its class loader could never be
 * collected, so the gateway goes first.
 */
final class SharedStatics {

    private static final List<String> CLASSES = List.of("io.netty.util.concurrent.ImmediateEventExecutor",
            "io.netty.util.concurrent.GlobalEventExecutor", "io.netty.handler.codec.http.HttpObjectDecoder");

    private SharedStatics() {
    }

    /** Initialises them; what is not on the class path cannot be used by a plugin either. */
    static void initialise() {
        for (String name : CLASSES) {
            try {
                Class.forName(name, true, SharedStatics.class.getClassLoader());
            } catch (ClassNotFoundException e) {
                continue;
            }
        }
    }
}
