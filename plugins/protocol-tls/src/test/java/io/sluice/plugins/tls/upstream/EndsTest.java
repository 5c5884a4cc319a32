package io.sluice.plugins.tls.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.Unpooled;
import io.sluice.plugins.tls.provider.TlsProvider;
import io.sluice.spi.protocol.EndOfStream;
import io.sluice.testing.certs.Authority;
import io.sluice.testing.certs.CertificateRequest;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How the directions of a connection to a target end. */
class EndsTest {

    private static final Authority ROOT = Authority.root("root");

    @ParameterizedTest
    @EnumSource
    void ourEndIsCloseNotifyAndReadingGoesOn(TlsProvider provider) throws Exception {
        for (String version : new String[] {"TLSv1.3", "TLSv1.2"}) {
            try (TlsServer server = TlsServer.of(ROOT.issue(CertificateRequest.forName("a.example")), version)) {
                Attempt attempt = new Attempt(Configs.trusting(ROOT.own().certificatePem()).layer(provider), "a.example",
                        server.address(), channel -> {
                            channel.writeAndFlush(Unpooled.copiedBuffer("hello".repeat(20_000), StandardCharsets.US_ASCII));
                            channel.writeAndFlush(EndOfStream.CLEAN);
                        });
                assertThat(attempt.outcome()).isEqualTo("connected");
                assertThat(server.ends.poll(Attempt.WAIT.toSeconds(), TimeUnit.SECONDS)).isEqualTo("clean");
                // the JDK's server answers a close_notify of TLS 1.2 at once, as its RFC says
                int greeting = "sni=a.example client=none\n".length();
                int all = greeting + 100_000 + (version.equals("TLSv1.3") ? 300_000 : 0);
                await().atMost(Attempt.WAIT).untilAsserted(() -> assertThat(attempt.events).contains("CLEAN after " + all));
                attempt.channel().close().sync();
            }
        }
    }
}
