package io.sluice.plugins.proxy;

import io.netty.buffer.ByteBuf;
import io.sluice.spi.config.ConfigField;
import io.sluice.spi.config.Findings;
import io.sluice.spi.connection.ServiceInfo;
import io.sluice.spi.protocol.UpstreamConnection;
import io.sluice.spi.protocol.UpstreamLayer;
import io.sluice.spi.protocol.UpstreamProtocol;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/** {@code proxy.send_proxy_protocol}: every connection to a target begins with a PROXY header. */
public final class ProxyUpstreamProtocol implements UpstreamProtocol<SendConfig> {

    private static final Set<String> NAMES = Set.of("authority", "alpn", "ssl", "unique_id", "crc32c");
    private static final int LONGEST_VALUE = 256;
    private static final int MOST_TLVS = 8;

    @Override
    public String name() {
        return "proxy_protocol";
    }

    @Override
    public Class<SendConfig> configType() {
        return SendConfig.class;
    }

    @Override
    public List<ConfigField> fields() {
        return List.of(ConfigField.config("proxy.send_proxy_protocol"), ConfigField.probeSwitch("enable_proxy_protocol"));
    }

    @Override
    public UpstreamLayer layer(SendConfig config, ServiceInfo service, Findings findings) {
        if (config.version() == Version.V1 && !config.tlvs().isEmpty()) {
            findings.error("tlvs", "version 1 has no TLVs (expected: v2)", "set \"version\": \"v2\", or remove the TLVs");
        }
        if (config.tlvs().size() > MOST_TLVS || config.tlvs().stream().filter(tlv -> "crc32c".equals(tlv.name())).count() > 1) {
            findings.error("tlvs", config.tlvs().size() + " TLVs (expected: at most " + MOST_TLVS + ", crc32c once)",
                    "receivers refuse long headers");
        }
        for (int i = 0; i < config.tlvs().size(); i++) {
            check(config.tlvs().get(i), "tlvs[" + i + "]", findings);
        }
        return new UpstreamLayer() {
            @Override
            public void open(UpstreamConnection connection) {
                ByteBuf header = HeaderWriter.write(config, connection);
                connection.channel().writeAndFlush(header, connection.channel().voidPromise());
                connection.proceed();
            }

            @Override
            public boolean passesBytesThrough() {
                return true;
            }
        };
    }

    private static void check(SendConfig.Tlv tlv, String field, Findings findings) {
        if (tlv.name() != null) {
            if (!NAMES.contains(tlv.name())) {
                findings.error(field, "\"" + tlv.name() + "\" (expected: one of alpn, authority, crc32c, ssl, unique_id)",
                        "for a TLV of your own write { \"type\": 224, \"value\": … }");
            }
        } else if (tlv.type() == null || tlv.type() < 0xe0 || tlv.type() > 0xf7) {
            findings.error(field, "type " + tlv.type() + " (expected: 224 to 247, the types for applications)",
                    "other types have a meaning of their own");
        } else if (tlv.value() == null || tlv.value().getBytes(StandardCharsets.UTF_8).length > LONGEST_VALUE) {
            findings.error(field, "value " + (tlv.value() == null ? "is missing" : "is too long")
                    + " (expected: at most " + LONGEST_VALUE + " bytes)",
                    tlv.value() == null ? "add \"value\"" : "shorten it");
        }
    }
}
