package io.sluice.plugins.accesslog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class StandardOutputTest {

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private boolean full = true;

    @Test
    void outputThatWasFullIsInOrderAgainWhenThereIsRoom() throws IOException {
        StandardOutput output = new StandardOutput(new OutputStream() {
            @Override
            public void write(int one) throws IOException {
                if (full) {
                    throw new IOException("No space left on device");
                }
                written.write(one);
            }
        });
        assertThatThrownBy(() -> output.write(line("lost"))).hasMessageContaining("No space left");
        full = false;
        output.write(line("kept"));
        output.close();
        assertThat(written.toString(StandardCharsets.UTF_8)).isEqualTo("kept\n");
    }

    private static ByteBuffer line(String text) {
        return ByteBuffer.wrap((text + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
