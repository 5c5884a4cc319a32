package io.sluice.it;

import io.sluice.testing.certs.Issued;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.SSLEngine;

/** Clients of TLS services that trust everyone: what is looked at is what the gateway does. */
final class TlsClient {

    private TlsClient() {
    }

    /** Connects and shakes hands; each time without any session to resume. */
    static SSLSocket connect(int port, String name, Issued identity) throws IOException {
        return over(Gateway.connect(port), name, identity);
    }

    /** Shakes hands on a connection to which something may have been sent already; an empty name asks for none. */
    static SSLSocket over(Socket plain, String name, Issued identity, String... alpn) throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(identity == null ? null : keys(identity), new TrustManager[] {new TrustsAll()}, null);
            SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(plain, "peer", plain.getPort(), true);
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setServerNames(name.isEmpty() ? List.of() : List.of(new SNIHostName(name)));
            parameters.setApplicationProtocols(alpn);
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            return socket;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            plain.close();
            throw e;
        }
    }

    private static KeyManager[] keys(Issued identity) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("own", identity.key(), new char[0], identity.chain());
        KeyManagerFactory factory = KeyManagerFactory.getInstance("SunX509");
        factory.init(store, new char[0]);
        return factory.getKeyManagers();
    }

    /** Whether bytes come back. */
    static boolean echoes(SSLSocket socket) {
        try {
            byte[] word = "word".getBytes(StandardCharsets.US_ASCII);
            socket.getOutputStream().write(word);
            return java.util.Arrays.equals(socket.getInputStream().readNBytes(word.length), word);
        } catch (IOException e) {
            return false;
        }
    }

    /** Whether a new connection gets through to the target. */
    static boolean reaches(int port, String name, Issued identity) {
        try (SSLSocket socket = connect(port, name, identity)) {
            return echoes(socket);
        } catch (IOException e) {
            return false;
        }
    }

    static X509Certificate leaf(SSLSocket socket) throws IOException {
        return (X509Certificate) socket.getSession().getPeerCertificates()[0];
    }

    private static final class TrustsAll extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) {
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) {
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
