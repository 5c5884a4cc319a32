package io.sluice.plugins.tls.upstream;

import io.sluice.plugins.tls.provider.TlsProvider;
import io.sluice.spi.config.Material;
import io.sluice.spi.connection.ServiceInfo;
import io.sluice.spi.protocol.UpstreamLayer;
import io.sluice.testing.config.RecordedFindings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Configurations, put together field by field. */
final class Configs {

    final RecordedFindings findings = new RecordedFindings();
    boolean skipVerify;
    String least;
    String most;
    List<String> suites = new ArrayList<>();
    boolean commonName;
    String serverName;
    List<String> alpn = new ArrayList<>();
    Material ca;
    final Map<String, Material> certificates = new HashMap<>();
    boolean noCertificates;
    final Map<String, UpstreamConfig.Pins> pins = new HashMap<>();
    boolean noPins;
    final Map<String, Material> commonCertificates = new HashMap<>();
    final Map<String, UpstreamConfig.Pins> commonPins = new HashMap<>();

    static Configs trusting(String pem) {
        Configs configs = new Configs();
        configs.ca = Material.inline(pem);
        return configs;
    }

    static Configs blind() {
        Configs configs = new Configs();
        configs.skipVerify = true;
        return configs;
    }

    Configs pin(String host, String... keys) {
        pins.put(host, new UpstreamConfig.Pins(List.of(keys)));
        return this;
    }

    Configs certificate(String host, String pem) {
        certificates.put(host, Material.inline(pem));
        return this;
    }

    Configs named(String name) {
        serverName = name;
        return this;
    }

    Configs versions(String from, String to) {
        least = from;
        most = to;
        return this;
    }

    UpstreamLayer layer() {
        UpstreamConfig config = new UpstreamConfig(skipVerify, least, most, suites, commonName, serverName, alpn, ca, certificates,
                noCertificates, pins, noPins, commonCertificates, commonPins);
        return new TlsUpstreamProtocol().layer(config, new ServiceInfo("s", "s", "", "127.0.0.1", 1), findings);
    }

    UpstreamLayer layer(TlsProvider provider) {
        String before = System.getProperty(TlsProvider.PROPERTY);
        System.setProperty(TlsProvider.PROPERTY, provider.name().toLowerCase(Locale.ROOT));
        try {
            return layer();
        } finally {
            if (before == null) {
                System.clearProperty(TlsProvider.PROPERTY);
            } else {
                System.setProperty(TlsProvider.PROPERTY, before);
            }
        }
    }
}
