package io.sluice.plugins.dnsdiscovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.dns.DnsRecordType;
import io.sluice.plugins.dnsdiscovery.Message.Alias;
import io.sluice.plugins.dnsdiscovery.Message.Entry;
import io.sluice.plugins.dnsdiscovery.Message.Service;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MessageTest {

    /** One question {@code A.b} SRV; a CNAME and an SRV record whose names are compressed. */
    private static final byte[] COMPRESSED = bytes("""
            1234 8180 0001 0002 0000 0000
            01 41 01 62 00 0021 0001
            C00C 0005 0001 0000003C 0004 01 63 C00E
            C021 0021 0001 0000001E 000A 000A 0005 1BBD 01 64 C00E""");

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replaceAll("\\s", "").toLowerCase(java.util.Locale.ROOT));
    }

    @Test
    void namesThatPointBackIntoTheMessageAreRead() {
        Message message = Message.read(COMPRESSED, COMPRESSED.length).orElseThrow();

        assertThat(message.id()).isEqualTo(0x1234);
        assertThat(message.question()).isEqualTo("a.b");
        assertThat(message.answers()).containsExactly(
                new Entry("a.b", DnsRecordType.CNAME, 60, new Alias("c.b")),
                new Entry("c.b", DnsRecordType.SRV, 30, new Service(10, 5, 7101, "d.b")));
    }

    @Test
    void aQueryAsksOneQuestion() {
        assertThat(Message.query(0x1234, "a.b", DnsRecordType.SRV))
                .isEqualTo(bytes("1234 0100 0001 0000 0000 0000 01 61 01 62 00 0021 0001"));
    }

    @Test
    void whateverIsCutShortIsNoAnswerOrASmallerOne() {
        for (int length = 0; length < COMPRESSED.length; length++) {
            byte[] cut = java.util.Arrays.copyOf(COMPRESSED, length);
            Message.read(cut, length).ifPresent(message -> assertThat(message.answers()).hasSizeLessThan(2));
        }
    }

    @Test
    void garbageIsNoAnswer() {
        Random random = new Random(7);
        for (int round = 0; round < 20_000; round++) {
            byte[] garbage = COMPRESSED.clone();
            for (int i = 0; i < 3; i++) {
                garbage[random.nextInt(garbage.length)] = (byte) random.nextInt();
            }
            Message.read(garbage, garbage.length).ifPresent(message -> assertThat(message.answers()).hasSizeLessThan(10));
        }
        byte[] query = Message.query(1, "a.b", DnsRecordType.A);
        assertThat(Message.read(query, query.length)).as("a query is no answer").isEmpty();
    }
}
