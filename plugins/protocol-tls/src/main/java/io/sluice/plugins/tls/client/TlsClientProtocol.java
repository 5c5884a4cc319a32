package io.sluice.plugins.tls.client;

import io.sluice.plugins.tls.client.Served.Terminated;
import io.sluice.plugins.tls.provider.TlsProvider;
import io.sluice.plugins.tls.trust.NotAdmitted;
import io.sluice.spi.config.ConfigField;
import io.sluice.spi.config.Findings;
import io.sluice.spi.connection.ClientFacts;
import io.sluice.spi.connection.CloseReason;
import io.sluice.spi.connection.Refusal;
import io.sluice.spi.connection.ServiceInfo;
import io.sluice.spi.connection.TlsFacts;
import io.sluice.spi.protocol.ClientLayer;
import io.sluice.spi.protocol.ClientProtocol;
import io.sluice.spi.protocol.ListenerView;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** {@code "protocol": "tls"}: one port, many services, told apart by server name. */
public final class TlsClientProtocol implements ClientProtocol<ClientConfig, Served> {

    private static final List<ConfigField> FIELDS = List.of(
            ConfigField.value("certificate", "certificate"),
            ConfigField.value("certificates", "certificates"),
            ConfigField.value("tls.passthrough", "passthrough"),
            ConfigField.value("tls.alpn", "alpn"),
            ConfigField.value("tls.allow_expired", "allow_expired"),
            ConfigField.value("tls.min_version", "min_version"),
            ConfigField.value("tls.max_version", "max_version"),
            ConfigField.value("tls.ciphers", "ciphers"),
            ConfigField.value("use_mutual_tls_auth", "use_mutual_tls_auth"),
            ConfigField.value("client_certificates", "client_certificates"),
            ConfigField.value("client_authorization", "client_authorization"),
            ConfigField.setting("http_server_options.ssl_certificates", "ssl_certificates"),
            ConfigField.setting("http_server_options.min_version", "min_version"),
            ConfigField.setting("http_server_options.max_version", "max_version"),
            ConfigField.setting("http_server_options.ssl_ciphers", "ciphers"));

    private final Supplier<TlsProvider> provider;
    private final Clock clock;

    public TlsClientProtocol() {
        this(TlsProvider::current, Clock.systemUTC());
    }

    TlsClientProtocol(Supplier<TlsProvider> provider, Clock clock) {
        this.provider = provider;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "tls";
    }

    @Override
    public Class<ClientConfig> configType() {
        return ClientConfig.class;
    }

    @Override
    public List<ConfigField> fields() {
        return FIELDS;
    }

    @Override
    public boolean tellsServerName() {
        return true;
    }

    @Override
    public Served prepare(ClientConfig config, ServiceInfo service, Findings findings) {
        return new Preparation(config, service, findings, clock).prepare(provider.get());
    }

    @Override
    public List<String> alpn(Served served) {
        return served.alpn();
    }

    @Override
    public Optional<Refusal> admit(Served served, ClientFacts client) {
        Optional<TlsFacts> tls = client.tls().filter(facts -> facts.clientCertificate().isPresent());
        if (tls.isEmpty() || !(served instanceof Terminated terminated) || terminated.trust().isEmpty()) {
            return Optional.empty();
        }
        List<X509Certificate> chain = new ArrayList<>();
        chain.add(tls.get().clientCertificate().get());
        chain.addAll(tls.get().clientIssuers());
        try {
            terminated.trust().get().rule().judge(chain, clock.instant());
            return Optional.empty();
        } catch (NotAdmitted e) {
            return Optional.of(new Refusal(CloseReason.CLIENT_CERTIFICATE_REFUSED, e.getMessage()));
        }
    }

    @Override
    public Optional<Refusal> foresee(Served served, ClientFacts client) {
        if (!(served instanceof Terminated terminated)) {
            return Optional.empty();
        }
        if (!terminated.alpn().isEmpty() && !client.alpnOffers().isEmpty()
                && Collections.disjoint(terminated.alpn(), client.alpnOffers())) {
            return Optional.of(new Refusal(CloseReason.TLS_FAILED,
                    "the client offers no application protocol that the service speaks"));
        }
        if (terminated.trust().isPresent() && client.tls().flatMap(TlsFacts::clientCertificate).isEmpty()) {
            return Optional.of(new Refusal(CloseReason.CLIENT_CERTIFICATE_REFUSED, "the client showed no certificate"));
        }
        return admit(served, client);
    }

    @Override
    public ClientLayer layer(ListenerView<Served> listener) {
        return new TlsClientLayer(this, listener.services());
    }
}
