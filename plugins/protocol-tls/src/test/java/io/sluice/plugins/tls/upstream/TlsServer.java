package io.sluice.plugins.tls.upstream;

import io.sluice.testing.certs.Issued;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/**
 * A target of the JDK's own making: says the server name that it was asked for and the client's subject in a line, then
 * echoes until the end.
 */
final class TlsServer implements AutoCloseable {

    final BlockingQueue<String> failures = new LinkedBlockingQueue<>();
    final BlockingQueue<String> protocols = new LinkedBlockingQueue<>();
    final BlockingQueue<String> ends = new LinkedBlockingQueue<>();
    private final SSLServerSocket listening;

    private TlsServer(SSLServerSocket listening) {
        this.listening = listening;
        Thread thread = new Thread(this::accept, "tls-server");
        thread.setDaemon(true);
        thread.start();
    }

    static TlsServer of(Issued identity) {
        return of(identity, (X509Certificate) null, "TLSv1.2", "TLSv1.3");
    }

    static TlsServer of(Issued identity, String... versions) {
        return of(identity, (X509Certificate) null, versions);
    }

    /**
     * @param clients what signs the clients' certificates, which are required then
     */
    static TlsServer of(Issued identity, X509Certificate clients, String... versions) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[] {new Showing(identity)}, clients == null ? null : trusting(clients).getTrustManagers(), null);
            SSLServerSocket socket = (SSLServerSocket) context.getServerSocketFactory()
                    .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
            socket.setEnabledProtocols(versions);
            socket.setNeedClientAuth(clients != null);
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setApplicationProtocols(new String[] {"postgresql"});
            socket.setSSLParameters(parameters);
            return new TlsServer(socket);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static TrustManagerFactory trusting(X509Certificate authority) throws GeneralSecurityException, IOException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("ca", authority);
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        return factory;
    }

    InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), listening.getLocalPort());
    }

    String failure() throws InterruptedException {
        return failures.poll(Attempt.WAIT.toSeconds(), TimeUnit.SECONDS);
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listening.accept();
                Thread thread = new Thread(() -> serve((SSLSocket) socket), "tls-server");
                thread.setDaemon(true);
                thread.start();
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void serve(SSLSocket socket) {
        try (socket) {
            socket.startHandshake();
            protocols.add(String.valueOf(socket.getApplicationProtocol()));
            socket.getOutputStream().write(("sni=" + sni(socket) + " client=" + client(socket) + "\n").getBytes(StandardCharsets.UTF_8));
            InputStream in = socket.getInputStream();
            byte[] bytes = new byte[8192];
            for (int n = in.read(bytes); n >= 0; n = in.read(bytes)) {
                socket.getOutputStream().write(bytes, 0, n);
            }
            ends.add("clean");
            socket.getOutputStream().write("bye".repeat(100_000).getBytes(StandardCharsets.UTF_8));
        } catch (SSLException e) {
            failures.add(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            failures.add(e.toString());
        }
    }

    private static String sni(SSLSocket socket) {
        List<SNIServerName> names = ((ExtendedSSLSession) socket.getSession()).getRequestedServerNames();
        return names.isEmpty() ? "none" : ((SNIHostName) names.get(0)).getAsciiName();
    }

    private static String client(SSLSocket socket) {
        try {
            return socket.getSession().getPeerPrincipal().getName();
        } catch (SSLPeerUnverifiedException e) {
            return "none";
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
