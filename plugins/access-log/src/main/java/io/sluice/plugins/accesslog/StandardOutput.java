package io.sluice.plugins.accesslog;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;

/** Standard output; stays open for others. */
final class StandardOutput implements Destination {

    @Override
    public void write(ByteBuffer lines) throws IOException {
        PrintStream out = System.out;
        out.write(lines.array(), lines.arrayOffset() + lines.position(), lines.remaining());
        if (out.checkError()) {
            throw new IOException("standard output takes no more");
        }
    }

    @Override
    public void close() {
        System.out.flush();
    }
}
