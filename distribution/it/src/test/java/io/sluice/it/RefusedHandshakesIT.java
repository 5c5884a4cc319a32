package io.sluice.it;

import static io.sluice.it.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.certs.Authority;
import io.sluice.testing.certs.CertificateRequest;
import io.sluice.testing.certs.Issued;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every kind of handshake that is refused or given up, many times: afterwards the process holds what it held before. How
 * often is for {@code -Dsluice.it.repeats} to say; from 1,000 on each kind is looked at by itself.
 */
@ParameterizedClass
@ValueSource(strings = {"boringssl", "jdk"})
@Tag("alone")
class RefusedHandshakesIT {

    private static final int REPEATS = Integer.getInteger("sluice.it.repeats", 30);
    private static final boolean EACH_BY_ITSELF = REPEATS >= 1000;
    private static final int WARM = 20;
    private static final int AT_ONCE = 8;
    private static final Authority CA = Authority.root("Test CA");
    private static final Issued LOCAL = CA.issue(CertificateRequest.forName("a.example").dns("localhost").ip("127.0.0.1"));
    private static final Issued ALICE = CA.issue(CertificateRequest.of("CN=alice"));
    private static final Issued REVOKED = CA.issue(CertificateRequest.of("CN=revoked"));
    private static final Issued EXPIRED = CA.issue(CertificateRequest.of("CN=expired").expired());
    private static final Issued STRANGER = Authority.root("Other CA").issue(CertificateRequest.of("CN=stranger"));

    @TempDir
    Path base;

    @Parameter
    String provider;

    private int port;

    /** One client that does not get through. */
    private interface Attempt {
        void run() throws Exception;
    }

    @Test
    void processHoldsAfterwardsWhatItHeldBefore() throws Exception {
        port = Gateway.freePort();
        try (EchoServer echo = new EchoServer(EchoServer.ECHO);
                EchoServer stranger = TlsTarget.showing(STRANGER).serving(EchoServer.ECHO::serve);
                Gateway gateway = Gateway.on(base).withOptions("-Dsluice.tls.provider=" + provider
                        + " -Dio.netty.leakDetection.level=paranoid " + ProcessMemory.OPTIONS)) {
            gateway.file("certs/a.pem", LOCAL.pem()).file("certs/ca.pem", CA.own().certificatePem());
            Files.write(base.resolve("conf/certs/ca.crl"), CA.revoke(REVOKED.certificate()).getEncoded());
            gateway.service("open", service("open", echo.address(), ""))
                    .service("closed", service("closed", "127.0.0.1:1", ""))
                    .service("distrusted", service("distrusted", "tls://" + stranger.address(), ""))
                    .service("notls", service("notls", "tls://" + echo.address(), ""))
                    .service("mutual", service("mutual", echo.address(), ", \"use_mutual_tls_auth\": true,"
                            + " \"client_certificates\": \"certs/ca.pem\", \"client_authorization\": { \"crl\": \"certs/ca.crl\" }"))
                    .start();
            assertThat(gateway.ready().get("problems").toString()).doesNotContain("error");
            Map<String, Attempt> kinds = kinds();
            for (Attempt kind : kinds.values()) {
                repeat(kind, WARM);
            }
            if (EACH_BY_ITSELF) {
                for (Map.Entry<String, Attempt> kind : kinds.entrySet()) {
                    compare(gateway, kind.getKey(), List.of(kind.getValue()));
                }
            } else {
                compare(gateway, "every kind", kinds.values());
            }
            assertThat(TlsClient.reaches(port, "mutual.example", ALICE)).isTrue();
            assertThat(TlsClient.reaches(port, "open.example", null)).isTrue();
            assertThat(gateway.stderr()).doesNotContain("LEAK");
        }
    }

    private void compare(Gateway gateway, String what, Collection<Attempt> kinds) throws Exception {
        ProcessMemory before = settled(gateway);
        for (Attempt kind : kinds) {
            repeat(kind, REPEATS);
        }
        await(what).untilAsserted(() -> {
            ProcessMemory after = ProcessMemory.of(gateway);
            System.out.println(provider + ", " + REPEATS + " times " + what + ":\n  before " + before + "\n  after  " + after);
            assertThat(after.descriptors()).as(what).isLessThanOrEqualTo(before.descriptors());
            // what the JVM itself learns meanwhile is no function of the number of repeats
            assertThat(after.heap() - before.heap()).as(what + ": KiB of heap").isLessThan(2048);
        });
    }

    private String service(String name, String target, String more) {
        return "{ \"name\": \"" + name + "\", \"domain\": \"" + name + ".example\", \"listen_port\": " + port
                + ", \"protocol\": \"tls\", \"certificate\": \"certs/a.pem\", \"tls\": { \"alpn\": [\"x\"] }" + more
                + ", \"proxy\": { \"target_url\": \"" + target + "\", \"transport\": { \"ca\": \"certs/ca.pem\" } } }";
    }

    /** Waits until the last of them is off the books. */
    private static ProcessMemory settled(Gateway gateway) {
        List<ProcessMemory> last = new ArrayList<>();
        await().until(() -> {
            last.add(ProcessMemory.of(gateway));
            int size = last.size();
            return size > 1 && last.get(size - 1).descriptors() == last.get(size - 2).descriptors();
        });
        return last.get(last.size() - 1);
    }

    private static void repeat(Attempt attempt, int times) throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(AT_ONCE);
        List<Future<Void>> running = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            running.add(clients.submit(() -> {
                attempt.run();
                return null;
            }));
        }
        for (Future<Void> one : running) {
            one.get();
        }
        clients.shutdown();
    }

    private Map<String, Attempt> kinds() throws Exception {
        byte[] good = hello("open.example", "TLSv1.3");
        Map<String, Attempt> kinds = new LinkedHashMap<>();
        kinds.put("nothing", () -> raw(new byte[0]));
        kinds.put("an HTTP request", () -> raw("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
        kinds.put("half a hello and an end", () -> raw(Arrays.copyOf(good, good.length / 2)));
        kinds.put("half a hello and a reset", () -> reset(Arrays.copyOf(good, good.length / 2)));
        kinds.put("a hello and a reset", () -> reset(good));
        kinds.put("a hello and an end", () -> raw(good));
        kinds.put("two hellos", () -> raw(twice(good)));
        kinds.put("a hello of 16 MB", () -> raw(new byte[] {22, 3, 1, 0x40, 0, 1, (byte) 0xff, (byte) 0xff, (byte) 0xff}));
        kinds.put("a name that nobody has", () -> raw(hello("nobody.example", "TLSv1.3")));
        kinds.put("TLS 1.1", () -> raw(old(hello("open.example", "TLSv1.2"))));
        kinds.put("another application protocol", () -> shake("open.example", null, "y"));
        kinds.put("no client certificate", () -> shake("mutual.example", null));
        kinds.put("a client certificate of another authority", () -> shake("mutual.example", STRANGER));
        kinds.put("an expired client certificate", () -> shake("mutual.example", EXPIRED));
        kinds.put("a revoked client certificate", () -> shake("mutual.example", REVOKED));
        kinds.put("a target that is not there", () -> shake("closed.example", null));
        kinds.put("a target that cannot be trusted", () -> shake("distrusted.example", null));
        kinds.put("a target without TLS", () -> shake("notls.example", null));
        return kinds;
    }

    private void raw(byte[] bytes) throws IOException {
        try (Socket socket = Gateway.connect(port)) {
            socket.getOutputStream().write(bytes);
            socket.shutdownOutput();
            drain(socket);
        }
    }

    private void reset(byte[] bytes) throws IOException {
        try (Socket socket = Gateway.connect(port)) {
            socket.getOutputStream().write(bytes);
            socket.setSoLinger(true, 0);
        }
    }

    /** A client that does everything right but for one thing. */
    private void shake(String name, Issued identity, String... alpn) {
        try (SSLSocket socket = TlsClient.over(Gateway.connect(port), name, identity, alpn)) {
            drain(socket);
        } catch (IOException e) {
            // refused within the handshake
        }
    }

    private static void drain(Socket socket) {
        try {
            InputStream in = socket.getInputStream();
            while (in.read() >= 0) {
                // an alert, or nothing
            }
        } catch (IOException e) {
            // refused with a reset
        }
    }

    private static byte[] hello(String name, String version) throws GeneralSecurityException, IOException {
        SSLEngine engine = SSLContext.getDefault().createSSLEngine();
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setServerNames(List.of(new SNIHostName(name)));
        parameters.setProtocols(new String[] {version});
        engine.setSSLParameters(parameters);
        ByteBuffer out = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        engine.wrap(ByteBuffer.allocate(0), out);
        return Arrays.copyOf(out.array(), out.position());
    }

    private static byte[] twice(byte[] hello) {
        return ByteBuffer.allocate(2 * hello.length).put(hello).put(hello).array();
    }

    /** TLS 1.1 in the version of the message, where a client of TLS 1.2 says its highest, and no word of others. */
    private static byte[] old(byte[] hello) {
        byte[] old = hello.clone();
        old[10] = 2;
        for (int i = 0; i + 1 < old.length; i++) {
            if (old[i] == 0 && old[i + 1] == 43) {
                old[i + 1] = 99;
            }
        }
        return old;
    }
}
