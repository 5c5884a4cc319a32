package io.sluice.plugins.accesslog;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Where lines go. Used by one thread. */
interface Destination extends AutoCloseable {

    /** Writes whole lines and flushes them. */
    void write(ByteBuffer lines) throws IOException;

    @Override
    void close() throws IOException;
}
