package io.sluice.plugins.tls.client;

import io.sluice.testing.certs.Issued;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** A TLS client of the JDK that trusts everyone: what is looked at is what the gateway does. */
final class Client {

    private final SSLContext context;
    private String name;
    private String[] alpn = {};
    private String[] versions = {"TLSv1.3", "TLSv1.2"};
    private String[] suites;
    private Socket plain;

    Client() {
        this(null);
    }

    /** With a certificate; sends it whatever issuers the server asks for. */
    Client(Issued identity) {
        try {
            context = SSLContext.getInstance("TLS");
            context.init(identity == null ? null : keys(identity), new TrustManager[] {new TrustsAll()}, null);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyManager[] keys(Issued identity) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("own", identity.key(), new char[0], identity.chain());
        KeyManagerFactory factory = KeyManagerFactory.getInstance("SunX509");
        factory.init(store, new char[0]);
        return new KeyManager[] {new Stubborn((javax.net.ssl.X509KeyManager) factory.getKeyManagers()[0])};
    }

    Client name(String serverName) {
        name = serverName;
        return this;
    }

    Client alpn(String... protocols) {
        alpn = protocols;
        return this;
    }

    Client versions(String... only) {
        versions = only;
        return this;
    }

    Client suites(String... only) {
        suites = only;
        return this;
    }

    /** Connects and shakes hands. */
    SSLSocket connect(Port port) throws IOException {
        plain = port.connect();
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(plain, "peer", 1, true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setServerNames(name == null ? List.of() : List.of(new SNIHostName(name.getBytes(StandardCharsets.US_ASCII))));
        parameters.setApplicationProtocols(alpn);
        parameters.setProtocols(versions);
        if (suites != null) {
            parameters.setCipherSuites(suites);
        }
        socket.setSSLParameters(parameters);
        socket.setSoTimeout((int) Port.WAIT.toMillis());
        try {
            socket.startHandshake();
        } catch (IOException e) {
            socket.close();
            throw e;
        }
        return socket;
    }

    /** The socket below the last connection. */
    Socket plain() {
        return plain;
    }

    /** The service that answers, or the words of the failure. */
    String reach(Port port) {
        try (SSLSocket socket = connect(port)) {
            return line(socket.getInputStream());
        } catch (IOException e) {
            return String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
        }
    }

    static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                return line.append("<end>").toString();
            }
            line.append((char) c);
        }
        return line.toString();
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

    /** Shows its certificate to whoever asks, like openssl does. */
    private record Stubborn(javax.net.ssl.X509KeyManager keys) implements javax.net.ssl.X509KeyManager {
        @Override
        public String[] getClientAliases(String keyType, java.security.Principal[] issuers) {
            return new String[] {"own"};
        }

        @Override
        public String chooseClientAlias(String[] keyTypes, java.security.Principal[] issuers, Socket socket) {
            return "own";
        }

        @Override
        public String[] getServerAliases(String keyType, java.security.Principal[] issuers) {
            return null;
        }

        @Override
        public String chooseServerAlias(String keyType, java.security.Principal[] issuers, Socket socket) {
            return null;
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return keys.getCertificateChain(alias);
        }

        @Override
        public java.security.PrivateKey getPrivateKey(String alias) {
            return keys.getPrivateKey(alias);
        }
    }
}
