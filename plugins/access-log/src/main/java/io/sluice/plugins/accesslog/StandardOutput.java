package io.sluice.plugins.accesslog;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/**
 * Standard output; stays open for others. Not by {@code System.out}, which keeps for good that something could not be
 * written once.
 */
final class StandardOutput implements Destination {

    private final OutputStream out;

    StandardOutput() {
        this(new FileOutputStream(FileDescriptor.out));
    }

    /**
     * @param out without a buffer of its own
     */
    StandardOutput(OutputStream out) {
        this.out = out;
    }

    @Override
    public void write(ByteBuffer lines) throws IOException {
        out.write(lines.array(), lines.arrayOffset() + lines.position(), lines.remaining());
    }

    @Override
    public void close() {
        // nothing is held back
    }
}
