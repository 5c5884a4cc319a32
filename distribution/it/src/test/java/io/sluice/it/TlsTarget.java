package io.sluice.it;

import io.sluice.testing.certs.Issued;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** Targets that speak the JDK's TLS: what stands inside it is the test's. */
final class TlsTarget {

    /** What is done with a TLS connection whose handshake is done. */
    interface Service {
        void serve(SSLSocket socket) throws Exception;
    }

    private final SSLContext context;
    private final boolean clientCertificate;

    private TlsTarget(SSLContext context, boolean clientCertificate) {
        this.context = context;
        this.clientCertificate = clientCertificate;
    }

    static TlsTarget showing(Issued identity) throws GeneralSecurityException, IOException {
        return of(identity, null);
    }

    /** One that wants a certificate which an authority signed. */
    static TlsTarget of(Issued identity, X509Certificate clients) throws GeneralSecurityException, IOException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        keys.load(null, null);
        keys.setKeyEntry("key", identity.key(), new char[0], identity.chain());
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, new char[0]);
        TrustManagerFactory trust = null;
        if (clients != null) {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry("ca", clients);
            trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
        }
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), trust == null ? null : trust.getTrustManagers(), null);
        return new TlsTarget(context, clients != null);
    }

    /** A server that begins each connection with TLS. */
    EchoServer serving(Service service) throws IOException {
        return new EchoServer(socket -> service.serve(over(socket)));
    }

    /** Ends TLS in front of a plain server. */
    EchoServer inFrontOf(int port) throws IOException {
        return serving(secure -> {
            try (secure; Socket plain = new Socket(InetAddress.getLoopbackAddress(), port)) {
                Thread back = new Thread(() -> pump(plain, secure));
                back.setDaemon(true);
                back.start();
                pump(secure, plain);
                back.join();
            }
        });
    }

    /** TLS on a connection of which something may have been read already. */
    SSLSocket over(Socket socket) throws IOException {
        SSLSocket secure = (SSLSocket) context.getSocketFactory().createSocket(socket, null, socket.getPort(), true);
        secure.setUseClientMode(false);
        secure.setNeedClientAuth(clientCertificate);
        secure.startHandshake();
        return secure;
    }

    private static void pump(Socket from, Socket to) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[16384];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                out.write(buffer, 0, n);
            }
            to.shutdownOutput();
        } catch (IOException e) {
            // the other direction ended the connection
        }
    }
}
