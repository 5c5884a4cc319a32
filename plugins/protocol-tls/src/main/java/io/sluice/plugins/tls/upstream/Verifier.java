package io.sluice.plugins.tls.upstream;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Checks the certificates of targets, each connection's by its own rules. Knows an engine from before its handshake until
 * it has ended; any other, a renegotiation among them, is refused.
 */
final class Verifier extends X509ExtendedTrustManager {

    private final Map<SSLEngine, Verification> handshakes = new ConcurrentHashMap<>();

    void begin(SSLEngine engine, Verification verification) {
        handshakes.put(engine, verification);
    }

    void end(SSLEngine engine) {
        handshakes.remove(engine);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine) throws CertificateException {
        Verification verification = handshakes.get(engine);
        if (verification == null) {
            throw new Refused("it began a second handshake (expected: one)");
        }
        try {
            verification.check(Arrays.asList(chain));
        } catch (Refused e) {
            throw e.thrownAt(engine);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) throws Refused {
        throw new Refused("not for sockets");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws Refused {
        throw new Refused("not without an engine");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) throws Refused {
        throw new Refused("not for clients");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) throws Refused {
        throw new Refused("not for clients");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws Refused {
        throw new Refused("not for clients");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
