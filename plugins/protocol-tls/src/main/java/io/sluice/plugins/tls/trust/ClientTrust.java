package io.sluice.plugins.tls.trust;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Asks a {@link ClientRule} during handshakes, on whatever thread the engine runs such tasks. Remembers which engines'
 * clients it admitted, so that the same certificate is not judged twice.
 */
public final class ClientTrust extends X509ExtendedTrustManager {

    private final ClientRule rule;
    private final Clock clock;
    private final Set<SSLEngine> handshaking = ConcurrentHashMap.newKeySet();
    private final Set<SSLEngine> admitted = ConcurrentHashMap.newKeySet();

    public ClientTrust(ClientRule rule, Clock clock) {
        this.rule = rule;
        this.clock = clock;
    }

    /** The rule that it asks. */
    public ClientRule rule() {
        return rule;
    }

    /** An engine begins its handshake. */
    public void begin(SSLEngine engine) {
        handshaking.add(engine);
    }

    /** An engine's handshake is over; answers whether its client was judged in it: a resumed session's is not. */
    public boolean end(SSLEngine engine) {
        handshaking.remove(engine);
        return admitted.remove(engine);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) throws CertificateException {
        try {
            rule.judge(List.of(chain), clock.instant());
        } catch (NotAdmitted e) {
            throw e.thrownAt(engine);
        }
        if (handshaking.contains(engine)) {
            admitted.add(engine);
            // the connection may have gone in between
            if (!handshaking.contains(engine)) {
                admitted.remove(engine);
            }
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) throws CertificateException {
        checkClientTrusted(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        rule.judge(List.of(chain), clock.instant());
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) throws CertificateException {
        checkServerTrusted(chain, authType);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine) throws CertificateException {
        checkServerTrusted(chain, authType);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("this is about clients");
    }

    /** A hint for clients. Where single certificates are listed there is none: their issuers would be unknown to it. */
    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return rule.leaves().isEmpty() ? rule.authorities().certificates().toArray(X509Certificate[]::new)
                : new X509Certificate[0];
    }
}
