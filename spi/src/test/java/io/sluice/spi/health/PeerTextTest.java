package io.sluice.spi.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PeerTextTest {

    @Test
    void whatDoesNotPrintIsEscaped() {
        assertThat(PeerText.quoted("a\"b\\c\r\n\t\0\u001b[31mgrün€")).isEqualTo(
                "\"a\\\"b\\\\c\\r\\n\\t\\x00\\x1b[31mgr\\xfcn?\"");
        assertThat(PeerText.quoted("grün".getBytes(StandardCharsets.UTF_8))).isEqualTo("\"gr\\xc3\\xbcn\"");
        assertThat(PeerText.quoted("")).isEqualTo("\"\"");
    }

    @Test
    void muchIsCutShort() {
        assertThat(PeerText.quoted("x".repeat(80))).isEqualTo("\"" + "x".repeat(80) + "\"");
        assertThat(PeerText.quoted(new byte[65_536])).isEqualTo("\"" + "\\x00".repeat(80) + "…\"");
    }
}
