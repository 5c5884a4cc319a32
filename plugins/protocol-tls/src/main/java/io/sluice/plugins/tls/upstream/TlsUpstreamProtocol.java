package io.sluice.plugins.tls.upstream;

import io.sluice.spi.config.ConfigField;
import io.sluice.spi.config.Findings;
import io.sluice.spi.connection.ServiceInfo;
import io.sluice.spi.protocol.UpstreamLayer;
import io.sluice.spi.protocol.UpstreamProtocol;
import java.util.ArrayList;
import java.util.List;

/** {@code tls://} targets. */
public final class TlsUpstreamProtocol implements UpstreamProtocol<UpstreamConfig> {

    private static final List<String> TRANSPORT = List.of("ssl_insecure_skip_verify", "ssl_min_version", "ssl_max_version",
            "ssl_ciphers", "ssl_force_common_name_check", "server_name", "alpn", "ca");
    private static final List<String> ROOT = List.of("upstream_certificates", "upstream_certificates_disabled",
            "pinned_public_keys", "certificate_pinning_disabled");

    @Override
    public String name() {
        return "tls";
    }

    @Override
    public Class<UpstreamConfig> configType() {
        return UpstreamConfig.class;
    }

    @Override
    public List<ConfigField> fields() {
        List<ConfigField> fields = new ArrayList<>();
        TRANSPORT.forEach(name -> fields.add(ConfigField.value("proxy.transport." + name, name)));
        ROOT.forEach(name -> fields.add(ConfigField.value(name, name)));
        fields.add(ConfigField.setting("security.certificates.upstream", "security_upstream_certificates"));
        fields.add(ConfigField.setting("security.pinned_public_keys", "security_pinned_public_keys"));
        return List.copyOf(fields);
    }

    @Override
    public UpstreamLayer layer(UpstreamConfig config, ServiceInfo service, Findings findings) {
        return new RulesCompiler(config, findings).compile().map(TlsUpstreamLayer::new).orElse(null);
    }
}
