package io.sluice.plugins.tls.provider;

import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslProvider;
import java.util.Locale;

/**
 * Who does the cryptography: BoringSSL when its native library loads, else the JDK. The system property
 * {@value #PROPERTY} set to {@code jdk} or {@code boringssl} decides otherwise.
 */
public enum TlsProvider {
    /** Netty's tcnative with BoringSSL in it. Its contexts free themselves when nothing holds them: a plan has no end to hook on. */
    BORINGSSL(SslProvider.OPENSSL),
    /** The JDK's own. */
    JDK(SslProvider.JDK);

    /** The system property that names a provider. */
    public static final String PROPERTY = "sluice.tls.provider";

    private final SslProvider netty;

    TlsProvider(SslProvider netty) {
        this.netty = netty;
    }

    /** Netty's word for it. */
    public SslProvider netty() {
        return netty;
    }

    /** Whether it can be used in this JVM. */
    public boolean isAvailable() {
        return this == JDK || OpenSsl.isAvailable();
    }

    /**
     * The provider of this JVM. Loads the native library at the first call: for control threads.
     *
     * @throws IllegalStateException if the property asks for one that is not there
     */
    public static TlsProvider current() {
        String wanted = System.getProperty(PROPERTY, "").toLowerCase(Locale.ROOT);
        return switch (wanted) {
            case "" -> BORINGSSL.isAvailable() ? BORINGSSL : JDK;
            case "jdk" -> JDK;
            case "boringssl" -> boringSsl();
            default -> throw new IllegalStateException(PROPERTY + ": " + wanted + " (expected: jdk or boringssl)");
        };
    }

    private static TlsProvider boringSsl() {
        if (!BORINGSSL.isAvailable()) {
            throw new IllegalStateException(PROPERTY + " is boringssl, but its native library does not load: "
                    + OpenSsl.unavailabilityCause(), OpenSsl.unavailabilityCause());
        }
        return BORINGSSL;
    }
}
