package io.sluice.kernel.runtime;

import static io.sluice.kernel.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.kernel.config.Settings;
import io.sluice.kernel.plan.LooseCheck;
import io.sluice.kernel.upstream.ProbeReport;
import io.sluice.spi.config.Findings;
import io.sluice.spi.health.HealthCommand;
import io.sluice.spi.health.PreparedCommand;
import io.sluice.spi.health.Step;
import io.sluice.spi.health.StepResult;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One conversation with every kind of server. */
class ConversationTest {

    private static final String ASK = "{ \"name\": \"ask\", \"role\": \"master\" }";
    private static final String QUIT = "{ \"name\": \"tell\", \"words\": \"q\" }";

    private final CountDownLatch end = new CountDownLatch(1);
    private TestGateway gateway;
    private ServerSocket server;

    @BeforeEach
    void start() throws IOException {
        gateway = new TestGateway(Settings.Transport.AUTO);
        server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void stop() throws IOException {
        end.countDown();
        gateway.close();
        server.close();
    }

    private interface Behaviour {
        void serve(Socket socket, InputStream in, OutputStream out) throws Exception;
    }

    private void serve(Behaviour behaviour) {
        Thread thread = new Thread(() -> {
            try (Socket socket = server.accept()) {
                behaviour.serve(socket, socket.getInputStream(), socket.getOutputStream());
            } catch (Exception e) {
                // the conversation is over
            }
        }, "odd-server");
        thread.setDaemon(true);
        thread.start();
    }

    private ProbeReport converse(String timeout, String... commands) throws Exception {
        return converse("127.0.0.1:" + server.getLocalPort(), timeout, commands);
    }

    private ProbeReport converse(String address, String timeout, String[] commands) throws Exception {
        LooseCheck compiled = gateway.loose("{ \"url\": \"" + address + "\", \"timeout\": \"" + timeout
                + "\", \"commands\": [" + String.join(", ", commands) + "] }", new Asking(), new Telling());
        assertThat(compiled.problems()).isEmpty();
        return gateway.runtime.monitor().converse(compiled.address().orElseThrow(),
                compiled.check().orElseThrow(), compiled.generations()).get(90, TimeUnit.SECONDS);
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void answerByteByByteIsPutTogether() throws Exception {
        serve((socket, in, out) -> {
            socket.setTcpNoDelay(true);
            in.read();
            for (char c : "master\nmaster\n".toCharArray()) {
                out.write(c);
                out.flush();
                Thread.onSpinWait();
            }
            end.await();
        });
        ProbeReport report = converse("30s", ASK, ASK);
        assertThat(report.reason()).isEmpty();
        assertThat(report.transcript()).extracting(ProbeReport.Entry::step).containsExactly("connect", "ask", "ask");
        assertThat(report.transcript()).extracting(entry -> new String(entry.received())).containsExactly("", "master\n", "master\n");
    }

    @Test
    void bytesBehindTheMatchBelongToTheNextStep() throws Exception {
        serve((socket, in, out) -> {
            write(out, "master\nslave\n");
            end.await();
        });
        ProbeReport report = converse("30s", ASK, ASK);
        assertThat(report.reason()).isEqualTo("it is slave");
        ProbeReport.Entry last = report.transcript().get(2);
        assertThat(new String(last.received())).isEqualTo("slave\n");
        assertThat(last.differed()).isZero();
    }

    @Test
    void endlessFloodFailsAtSixtyFourKibibytes() throws Exception {
        serve((socket, in, out) -> {
            byte[] noise = new byte[8192];
            while (true) {
                out.write(noise);
            }
        });
        ProbeReport report = converse("60s", ASK);
        assertThat(report.reason()).isEqualTo("no line came");
        assertThat(report.transcript().get(1).received()).hasSize(512);
    }

    @Test
    void earlyEndFailsAtOnce() throws Exception {
        serve((socket, in, out) -> in.read());
        assertThat(converse("60s", ASK).reason()).isEqualTo("no line came");
    }

    @Test
    void silenceFailsAtTheDeadline() throws Exception {
        try (TalkingServer silent = new TalkingServer('s', null)) {
            // at the first try, unless the machine stalls: then the command is what is late
            await().until(() -> {
                String reason = converse(silent.address(), "300ms", new String[] {ASK}).reason();
                assertThat(reason).isIn("no line came", "no answer within 300 ms", "command ask was not back within 300 ms",
                        "command ask found no free thread within 300 ms");
                return reason.equals("no line came");
            });
        }
    }

    @Test
    void stepHasATimeOfItsOwn() throws Exception {
        serve((socket, in, out) -> end.await());
        assertThat(converse("60s", ASK.replace("}", ", \"timeout\": 200 }")).reason()).isEqualTo("no line came");
    }

    @Test
    void closedPortFailsTheConnection() throws Exception {
        ProbeReport report = converse(TestGateway.nobody(), "30s", new String[] {ASK});
        assertThat(report.reason()).contains("refused");
        assertThat(report.transcript()).extracting(ProbeReport.Entry::step).containsExactly("connect");
    }

    @Test
    void resetAfterTheLastExpectationDoesNotMatter() throws Exception {
        serve((socket, in, out) -> {
            in.read();
            write(out, "master\n");
            in.read();
            reset(socket);
        });
        ProbeReport report = converse("30s", ASK, QUIT, QUIT, QUIT, QUIT);
        assertThat(report.reason()).isEmpty();
        assertThat(report.transcript()).hasSize(6);
    }

    @Test
    void resetBeforeTheLastExpectationFails() throws Exception {
        serve((socket, in, out) -> {
            in.read();
            reset(socket);
        });
        assertThat(converse("30s", QUIT, ASK).healthy()).isFalse();
    }

    private static void reset(Socket socket) throws SocketException, IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Test
    void connectionAloneIsACheck() throws Exception {
        serve((socket, in, out) -> end.await());
        ProbeReport report = converse("30s");
        assertThat(report.healthy()).isTrue();
        assertThat(report.transcript()).extracting(ProbeReport.Entry::verdict).containsExactly("passed");
    }

    @Test
    void secretIsSentButNotWrittenDown() throws Exception {
        serve((socket, in, out) -> {
            assertThat(in.read()).isEqualTo('s');
            write(out, "master\n");
            end.await();
        });
        ProbeReport report = converse("30s", "{ \"name\": \"tell\", \"words\": \"s\", \"secret\": true }");
        assertThat(report.healthy()).isTrue();
        assertThat(new String(report.transcript().get(1).sent())).isEqualTo("(secret)");
    }

    @Test
    void mistakesOfALooseCheckAreFound() throws Exception {
        LooseCheck compiled = gateway.loose("{ \"url\": \"nowhere\", \"commands\": [{ \"name\": \"sing\" }] }", new Asking());
        assertThat(compiled.check()).isEmpty();
        assertThat(compiled.problems()).extracting(problem -> problem.code()).containsExactlyInAnyOrder("check_url",
                "unknown_extension");
    }

    @Test
    void nobodyWaitsForHours() throws Exception {
        LooseCheck compiled = gateway.loose("{ \"url\": \"127.0.0.1:1\", \"timeout\": \"24h\" }");
        assertThat(compiled.check()).isEmpty();
        assertThat(compiled.problems()).extracting(problem -> problem.message())
                .containsExactly("timeout: 86400s (expected: at most 60s where one conversation is tried)");
    }

    /** Sends words and expects nothing. */
    private record Telling() implements HealthCommand<Telling.Config> {

        record Config(String words, boolean secret) {
        }

        @Override
        public String name() {
            return "tell";
        }

        @Override
        public Class<Config> configType() {
            return Config.class;
        }

        @Override
        public PreparedCommand prepare(Config config, Findings findings) {
            byte[] words = config.words().getBytes(StandardCharsets.US_ASCII);
            return () -> config.secret() ? new Whisper(words) : new Step() {
                @Override
                public byte[] opening() {
                    return words;
                }

                @Override
                public StepResult examine(ByteBuffer unread, Cause cause) {
                    return StepResult.PASSED;
                }
            };
        }
    }

    /** Sends a secret once, and passes when anything comes back. */
    private static final class Whisper implements Step {

        private final byte[] secret;
        private boolean sent;

        Whisper(byte[] secret) {
            this.secret = secret;
        }

        @Override
        public StepResult examine(ByteBuffer unread, Cause cause) {
            if (!sent) {
                sent = true;
                return new StepResult.Send(0, secret, "(secret)");
            }
            return unread.hasRemaining() ? StepResult.passed(unread.remaining()) : StepResult.NEED_MORE;
        }
    }
}
