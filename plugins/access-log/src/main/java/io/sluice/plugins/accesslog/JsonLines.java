package io.sluice.plugins.accesslog;

import io.sluice.spi.connection.ClientFacts;
import io.sluice.spi.connection.ServiceInfo;
import io.sluice.spi.connection.TargetAddress;
import io.sluice.spi.connection.TlsFacts;
import io.sluice.spi.observer.ConnectionSummary;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** A JSON object per line; a field without a value is {@code null}. */
final class JsonLines implements LineFormat {

    private static final DateTimeFormatter TIME = DateTimeFormatter
            .ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    @Override
    public void append(Entry entry, StringBuilder line) {
        JsonObjectText json = new JsonObjectText(line);
        if (entry instanceof Entry.Closed closed) {
            closed(closed.summary(), json);
        } else if (entry instanceof Entry.RefusedAtAccept refused) {
            json.text("time", time(refused.time())).text("listener", refused.listener())
                    .text("close_reason", "too_many_connections").number("count", refused.count());
        } else if (entry instanceof Entry.Dropped dropped) {
            json.text("time", time(dropped.time())).number("dropped_lines", dropped.count());
        }
        json.end();
    }

    private static void closed(ConnectionSummary summary, JsonObjectText json) {
        ClientFacts client = summary.client();
        boolean connected = summary.target().isPresent();
        json.text("id", summary.id())
                .text("time", time(summary.time()))
                .text("listener", summary.listener())
                .text("service", summary.service().map(ServiceInfo::id).orElse(null))
                .text("client", AddressText.withPort(client.socket().remote()))
                .text("presented_client", AddressText.withPort(client.client().source()))
                .text("server_name", client.serverName().orElse(null))
                .text("alpn", client.alpn().orElse(null))
                .text("tls_version", client.tls().map(TlsFacts::version).orElse(null))
                .text("tls_cipher", client.tls().map(TlsFacts::cipher).orElse(null))
                .text("client_subject", subject(client))
                .text("target", summary.target().map(TargetAddress::toString).orElse(null))
                .number("tries", summary.timing().tries())
                .number("bytes_from_client", summary.traffic().bytesFromClient())
                .number("bytes_to_client", summary.traffic().bytesToClient())
                .number("preamble_ms", summary.timing().preamble().toMillis())
                .number("connect_ms", connected ? summary.timing().connect().toMillis() : null)
                .number("duration_ms", summary.timing().total().toMillis())
                .text("close_reason", summary.reason().word());
        if (!summary.detail().isEmpty()) {
            json.text("detail", summary.detail());
        }
    }

    private static String subject(ClientFacts client) {
        return client.tls().flatMap(TlsFacts::clientCertificate)
                .map(certificate -> certificate.getSubjectX500Principal().getName()).orElse(null);
    }

    private static String time(Instant instant) {
        return TIME.format(instant);
    }
}
