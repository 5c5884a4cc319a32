import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * Replaces a certificate again and again while clients connect all the time and others stay connected:
 * {@code Renew PORT FILE FOLDER}, where the folder holds the certificates with their keys, one a file. The next replacement
 * begins when a client has seen the one before.
 */
class Renew {

    private static final int CONNECTING = 4;
    private static final int STAYING = 20;
    private static final AtomicLong HANDSHAKES = new AtomicLong();
    private static final AtomicLong FAILED = new AtomicLong();
    private static final AtomicLong ANSWERS = new AtomicLong();
    private static final AtomicLong BROKEN = new AtomicLong();
    private static volatile Certificate seen;
    private static volatile boolean done;

    public static void main(String[] arguments) throws Exception {
        int port = Integer.parseInt(arguments[0]);
        Path file = Path.of(arguments[1]);
        List<Path> certificates = new ArrayList<>();
        try (var listed = Files.list(Path.of(arguments[2]))) {
            listed.sorted().forEach(certificates::add);
        }
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < CONNECTING; i++) {
            threads.add(start(() -> connectAgainAndAgain(port)));
        }
        for (int i = 0; i < STAYING; i++) {
            threads.add(start(() -> stay(port)));
        }
        int replaced = 0;
        for (Path next : certificates) {
            Path fresh = file.resolveSibling(".fresh");
            Files.copy(next, fresh, StandardCopyOption.REPLACE_EXISTING);
            Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            await(leaf(next));
            if (++replaced % 50 == 0) {
                System.out.println("replaced " + replaced + ": " + HANDSHAKES + " handshakes, " + FAILED + " failed; " + STAYING
                        + " connections, " + BROKEN + " broken, " + ANSWERS + " answers");
            }
        }
        done = true;
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private static Thread start(Runnable what) {
        Thread thread = new Thread(what);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static void await(Certificate expected) throws Exception {
        long end = System.nanoTime() + 60_000_000_000L;
        while (!expected.equals(seen)) {
            if (System.nanoTime() - end > 0) {
                throw new IOException("a replacement took no effect within a minute");
            }
            Thread.sleep(5);
        }
    }

    private static Certificate leaf(Path pem) throws IOException, GeneralSecurityException {
        return CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(Files.readAllBytes(pem)));
    }

    private static void connectAgainAndAgain(int port) {
        while (!done) {
            try (SSLSocket socket = connect(port)) {
                ask(socket);
                seen = socket.getSession().getPeerCertificates()[0];
                HANDSHAKES.incrementAndGet();
                Thread.sleep(20);
            } catch (IOException | GeneralSecurityException e) {
                FAILED.incrementAndGet();
                System.err.println(e);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private static void stay(int port) {
        try (SSLSocket socket = connect(port)) {
            while (!done) {
                ask(socket);
                ANSWERS.incrementAndGet();
                Thread.sleep(100);
            }
        } catch (IOException | GeneralSecurityException | InterruptedException e) {
            BROKEN.incrementAndGet();
            System.err.println(e);
        }
    }

    /** With a context of its own, so that there is no session to resume. */
    private static SSLSocket connect(int port) throws IOException, GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new TrustsAll()}, null);
        Socket plain = new Socket(InetAddress.getLoopbackAddress(), port);
        plain.setSoTimeout(20_000);
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(plain, "localhost", port, true);
        socket.startHandshake();
        return socket;
    }

    private static void ask(SSLSocket socket) throws IOException {
        socket.getOutputStream().write('x');
        if (!new String(socket.getInputStream().readNBytes(7), StandardCharsets.US_ASCII).equals("+PONG\r\n")) {
            throw new IOException("no answer");
        }
    }

    private record TrustsAll() implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
