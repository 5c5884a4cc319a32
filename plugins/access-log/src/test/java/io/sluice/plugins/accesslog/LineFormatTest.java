package io.sluice.plugins.accesslog;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.spi.connection.ClientFacts;
import io.sluice.spi.connection.CloseReason;
import io.sluice.spi.connection.TargetAddress;
import io.sluice.spi.connection.TlsFacts;
import java.net.InetAddress;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class LineFormatTest {

    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    @Test
    void aRelayedConnectionHasAllFieldsInTheirOrder() {
        ClientFacts client = Summaries.client().withServerName("redis.example.com").withAlpn("redis")
                .with(new TlsFacts("TLSv1.3", "TLS_AES_128_GCM_SHA256", Optional.empty()));

        assertThat(json(new Entry.Closed(Summaries.relayed("17", client)))).isEqualTo("{\"id\":\"17\","
                + "\"time\":\"2026-11-24T12:00:00.120Z\",\"listener\":\"127.0.0.1:6379\",\"service\":\"redis\","
                + "\"client\":\"10.0.0.9:50000\",\"presented_client\":\"[2001:db8::7]:33312\","
                + "\"server_name\":\"redis.example.com\",\"alpn\":\"redis\",\"tls_version\":\"TLSv1.3\","
                + "\"tls_cipher\":\"TLS_AES_128_GCM_SHA256\","
                + "\"client_subject\":null,\"target\":\"10.0.0.2:6380\",\"tries\":2,\"bytes_from_client\":14,"
                + "\"bytes_to_client\":7,\"preamble_ms\":2,\"connect_ms\":3,\"duration_ms\":1234,\"close_reason\":\"completed\"}");
    }

    @Test
    void aRefusalHasNullsWhereThereIsNothingAndADetail() {
        assertThat(json(new Entry.Closed(Summaries.refused(CloseReason.ACCESS_DENIED, "not in allowed_ips"))))
                .isEqualTo("{\"id\":\"2\",\"time\":\"2026-11-24T12:00:00.120Z\",\"listener\":\"127.0.0.1:6379\","
                        + "\"service\":null,\"client\":\"10.0.0.9:50000\","
                        + "\"presented_client\":\"[2001:db8::7]:33312\",\"server_name\":null,\"alpn\":null,"
                        + "\"tls_version\":null,\"tls_cipher\":null,\"client_subject\":null,\"target\":null,\"tries\":0,"
                        + "\"bytes_from_client\":0,\"bytes_to_client\":0,\"preamble_ms\":0,\"connect_ms\":null,\"duration_ms\":5,"
                        + "\"close_reason\":\"access_denied\",\"detail\":\"not in allowed_ips\"}");
    }

    @Test
    void theSubjectOfAClientsCertificateIsRecorded() throws Exception {
        ClientFacts client = Summaries.client().with(new TlsFacts("TLSv1.2", "TLS_X",
                Optional.of(new CertificateOf("CN=reader,O=Example"))));

        assertThat(json(new Entry.Closed(Summaries.relayed("1", client))))
                .contains("\"tls_version\":\"TLSv1.2\",\"tls_cipher\":\"TLS_X\",\"client_subject\":\"CN=reader,O=Example\"");
    }

    @Test
    void summedRefusalsAndDroppedLinesAreOneLineEach() {
        assertThat(json(new Entry.RefusedAtAccept(NOW, "127.0.0.1:6379", 17)))
                .isEqualTo("{\"time\":\"2026-11-24T12:00:00.000Z\",\"listener\":\"127.0.0.1:6379\","
                        + "\"close_reason\":\"too_many_connections\",\"count\":17}");
        assertThat(json(new Entry.Dropped(NOW, 3)))
                .isEqualTo("{\"time\":\"2026-11-24T12:00:00.000Z\",\"dropped_lines\":3}");
        assertThat(tcplog(new Entry.RefusedAtAccept(NOW, "127.0.0.1:6379", 17)))
                .isEqualTo("[24/Nov/2026:12:00:00.000] 127.0.0.1:6379 refused 17 too_many_connections");
        assertThat(tcplog(new Entry.Dropped(NOW, 3))).isEqualTo("[24/Nov/2026:12:00:00.000] dropped 3 lines");
    }

    @Test
    void whatAPeerCouldSmuggleInStaysInsideItsString() {
        String hostile = "<script>&a\"b\\c\r\n{\"x\":1}\u0000\u007f\u0085\u2028\ud800x\ud83d\ude00ü";

        assertThat(json(new Entry.Closed(Summaries.refused(CloseReason.BAD_PREAMBLE, hostile))))
                .endsWith("\"detail\":\"\\u003cscript\\u003e\\u0026a\\\"b\\\\c\\u000d\\u000a{\\\"x\\\":1}\\u0000\\u007f\\u0085\\u2028\\ud800x"
                        + "\ud83d\ude00ü\"}")
                .doesNotContain("\n");
    }

    @Test
    void tcplogHasTheFieldsOfHaproxy() {
        assertThat(tcplog(new Entry.Closed(Summaries.relayed("1", Summaries.client()))))
                .isEqualTo("2001:db8::7:33312 [24/Nov/2026:12:00:00.120] 127.0.0.1:6379 redis/10.0.0.2:6380 "
                        + "0/3/1234 7 -- 0/0/0/0/1 0/0");
        assertThat(tcplog(new Entry.Closed(Summaries.refused(CloseReason.BAD_PREAMBLE, "x"))))
                .isEqualTo("2001:db8::7:33312 [24/Nov/2026:12:00:00.120] 127.0.0.1:6379 127.0.0.1:6379/<NOSRV> "
                        + "-1/-1/5 0 PR 0/0/0/0/0 0/0");
    }

    @Test
    void aNameCannotForgeAFieldOfTcplog() {
        assertThat(tcplog(new Entry.Closed(Summaries.relayed("1", Summaries.client(), new TargetAddress("a b\n#\u00e9/c", 80)))))
                .contains(" redis/a#20b#0A#23#C3#A9/c:80 0/3/1234 ").doesNotContain("\n");
    }

    @ParameterizedTest
    @EnumSource(CloseReason.class)
    void everyReasonHasTwoLettersInTcplog(CloseReason reason) {
        assertThat(tcplog(new Entry.Closed(Summaries.refused(reason, ""))))
                .containsPattern(reason == CloseReason.INTERNAL_ERROR ? " ID 0/0/" : " (--|[CSPRKDc][DRCL]|DD) 0/0/");
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1,           127.0.0.1",
        "::,                  ::",
        "::1,                 ::1",
        "1::,                 1::",
        "2001:db8::7,         2001:db8::7",
        "1:0:0:2:0:0:0:3,     1:0:0:2::3",
        "1:0:0:2:3:0:0:4,     1::2:3:0:0:4",
        "1:0:2:3:4:5:6:7,     1:0:2:3:4:5:6:7",
        "fe80:0:0:0:0:0:abc:0, fe80::abc:0",
    })
    void ipv6IsWrittenInItsCanonicalForm(String address, String text) throws Exception {
        assertThat(AddressText.ip(InetAddress.getByName(address))).isEqualTo(text);
    }

    private static String json(Entry entry) {
        return line(new JsonLines(), entry);
    }

    private static String tcplog(Entry entry) {
        return line(new TcplogLines(), entry);
    }

    private static String line(LineFormat format, Entry entry) {
        StringBuilder line = new StringBuilder();
        format.append(entry, line);
        return line.toString();
    }
}
