package io.sluice.kernel.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every answer whole, byte by byte, and split everywhere. */
class ReplyReaderTest {

    private static final String OK = "HTTP/1.1 200 OK\r\n";

    @Test
    void bodyIsAsLongAsItsLengthSays() throws IOException {
        assertThat(read(OK + "content-length: 7\r\nx: y\r\n\r\n{\"a\":1}")).isEqualTo(new Wire.Reply(200, "{\"a\":1}"));
        assertThat(read(OK + "Content-Length:3 \r\ncontent-length: 3\r\n\r\nabcd")).isEqualTo(new Wire.Reply(200, "abc"));
        assertThat(read("HTTP/1.1 404\r\nContent-Length: 0\r\n\r\n")).isEqualTo(new Wire.Reply(404, ""));
        assertThat(read(OK + "Content-Length: 2\r\n\r\n\u00e4")).isEqualTo(new Wire.Reply(200, "\u00e4"));
    }

    @Test
    void chunksArePutTogether() throws IOException {
        assertThat(read(OK + "Transfer-Encoding: Chunked\r\n\r\n3\r\nabc\r\n0A;x=y\r\n0123456789\r\n0\r\ntrailer: x\r\n\r\n"))
                .isEqualTo(new Wire.Reply(200, "abc0123456789"));
        assertThat(read(OK + "transfer-encoding: chunked\r\n\r\n0\r\n\r\n").text()).isEmpty();
    }

    @Test
    void bodyWithoutALengthEndsWithTheConnection() throws IOException {
        assertThat(read("HTTP/1.0 200 OK\n\nabc")).isEqualTo(new Wire.Reply(200, "abc"));
        assertThat(read(OK + "\r\n")).isEqualTo(new Wire.Reply(200, ""));
    }

    @Test
    void someAnswersHaveNoBody() throws IOException {
        assertThat(read("HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\n")).isEqualTo(new Wire.Reply(204, ""));
        assertThat(read("HTTP/1.1 304 Not Modified\r\nTransfer-Encoding: chunked\r\n\r\n")).isEqualTo(new Wire.Reply(304, ""));
    }

    @Test
    void interimAnswersArePassedOver() throws IOException {
        String interim = "HTTP/1.1 103 Early Hints\r\nContent-Length: 9\r\n\r\n";
        assertThat(read("HTTP/1.1 100 Continue\r\n\r\n" + interim + OK + "Content-Length: 1\r\n\r\nx").text()).isEqualTo("x");
        assertThatThrownBy(() -> read(interim.repeat(11) + OK + "\r\n")).hasMessageContaining("at most 10 interim ones");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "",
        "\r\n",
        "HTTP/1.1 200 OK",
        "HTTP/1.1 200 OK\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n",
        "HTTP/2 200\r\n\r\n",
        "HTTP/1.1 20 OK\r\n\r\n",
        "HTTP/1.1 2000 OK\r\n\r\n",
        "HTTP/1.1 600 OK\r\n\r\n",
        "HTTP/1.1  200 OK\r\n\r\n",
        "220 mail.example ESMTP\r\n\r\n",
        "-ERR unknown command\r\n",
        "<html>\n\n",
        "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
        "HTTP/1.1 200 OK\r\na b: c\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length : 1\r\n\r\nx",
        "HTTP/1.1 200 OK\r\nx: y\r\n folded\r\n\r\n",
        "HTTP/1.1 200 OK\r\n: empty\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: \r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: +1\r\n\r\nx",
        "HTTP/1.1 200 OK\r\nContent-Length: 1, 1\r\n\r\nx",
        "HTTP/1.1 200 OK\r\nContent-Length: 0x1\r\n\r\nx",
        "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\nx",
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxy",
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nx",
        "HTTP/1.1 200 OK\r\nContent-Length: 16777217\r\n\r\nx",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\nx",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 1\r\n\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nx\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nx",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nxy\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\nx",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffffffffffffff\r\nx",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\nffffff\r\nx"})
    void whatIsNotInOrderIsNoAnswer(String bad) {
        byte[] bytes = bad.getBytes(StandardCharsets.UTF_8);
        for (List<byte[]> pieces : deliveries(bytes)) {
            assertThatThrownBy(() -> read(pieces)).isInstanceOf(IOException.class).hasMessageStartingWith("the answer");
        }
    }

    @Test
    void nothingGrowsWithoutBound() {
        assertThatThrownBy(() -> read(new Endless("HTTP/1.1 200 ", "x"))).hasMessageContaining("at most 8192 bytes");
        assertThatThrownBy(() -> read(new Endless(OK + "x: ", "y"))).hasMessageContaining("at most 8192 bytes");
        assertThatThrownBy(() -> read(new Endless(OK, "x: y\r\n"))).hasMessageContaining("at most 100 fields");
        assertThatThrownBy(() -> read(new Endless(OK + "\r\n", "x"))).hasMessageContaining("more than 16777216 bytes");
        String chunked = OK + "Transfer-Encoding: chunked\r\n\r\n";
        assertThatThrownBy(() -> read(new Endless(chunked, "4\r\nabcd\r\n"))).hasMessageContaining("more than 16777216 bytes");
        assertThatThrownBy(() -> read(new Endless(chunked + "0\r\n", "x: y\r\n"))).hasMessageContaining("at most 100 fields");
        assertThatThrownBy(() -> read(new Endless(chunked + "1;", "x"))).hasMessageContaining("at most 8192 bytes");
    }

    private static Wire.Reply read(String answer) throws IOException {
        byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
        Wire.Reply whole = read(List.of(bytes));
        for (List<byte[]> pieces : deliveries(bytes)) {
            assertThat(read(pieces)).isEqualTo(whole);
        }
        return whole;
    }

    private static List<List<byte[]>> deliveries(byte[] bytes) {
        List<List<byte[]>> all = new ArrayList<>(List.of(List.of(bytes)));
        List<byte[]> single = new ArrayList<>();
        for (int i = 0; i < bytes.length; i++) {
            single.add(new byte[] {bytes[i]});
            all.add(List.of(Arrays.copyOf(bytes, i), Arrays.copyOfRange(bytes, i, bytes.length)));
        }
        all.add(single);
        return all;
    }

    private static Wire.Reply read(List<byte[]> pieces) throws IOException {
        return read(new Pieces(pieces));
    }

    private static Wire.Reply read(InputStream in) throws IOException {
        return new ReplyReader(in).read();
    }

    /** Gives no more than one piece at a time. */
    private static final class Pieces extends InputStream {

        private final List<byte[]> pieces;
        private int next;
        private InputStream now = InputStream.nullInputStream();

        Pieces(List<byte[]> pieces) {
            this.pieces = pieces;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            int read = now.read(into, from, length);
            while (read < 0 && next < pieces.size()) {
                now = new ByteArrayInputStream(pieces.get(next++));
                read = now.read(into, from, length);
            }
            return read;
        }
    }

    /** A beginning, and then the same for ever. */
    private static final class Endless extends InputStream {

        private final byte[] begin;
        private final byte[] rest;
        private long at;

        Endless(String begin, String rest) {
            this.begin = begin.getBytes(StandardCharsets.US_ASCII);
            this.rest = rest.getBytes(StandardCharsets.US_ASCII);
        }

        @Override
        public int read() {
            int byteNow = at < begin.length ? begin[(int) at] : rest[(int) ((at - begin.length) % rest.length)];
            at++;
            return byteNow;
        }
    }
}
