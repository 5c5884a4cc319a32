package io.sluice.plugins.dnsdiscovery;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.DatagramPacket;
import io.netty.handler.codec.dns.DatagramDnsQuery;
import io.netty.handler.codec.dns.DatagramDnsQueryEncoder;
import io.netty.handler.codec.dns.DatagramDnsResponse;
import io.netty.handler.codec.dns.DatagramDnsResponseDecoder;
import io.netty.handler.codec.dns.DefaultDnsQuestion;
import io.netty.handler.codec.dns.DefaultDnsRecordDecoder;
import io.netty.handler.codec.dns.DnsQuestion;
import io.netty.handler.codec.dns.DnsRawRecord;
import io.netty.handler.codec.dns.DnsRecord;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.handler.codec.dns.DnsResponse;
import io.netty.handler.codec.dns.DnsResponseCode;
import io.netty.handler.codec.dns.DnsSection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * An answer (RFC 1035), as far as it matters here. Names are in lower case and without the last dot.
 *
 * @param id         of the query
 * @param question   the name that was asked for; empty if the answer does not say
 * @param code       how it went
 * @param truncated  whether the whole answer can be had over TCP only
 * @param answers    the records that were asked for, and aliases on the way to them
 * @param additional further records
 */
record Message(int id, String question, DnsResponseCode code, boolean truncated, List<Entry> answers,
        List<Entry> additional) {

    private static final InetSocketAddress ANYBODY = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);

    /** What a record says. */
    sealed interface Data {
    }

    /** An A or AAAA record. */
    record Address(InetAddress address) implements Data {
    }

    /** A CNAME record. */
    record Alias(String name) implements Data {
    }

    /** An SRV record (RFC 2782). */
    record Service(int priority, int weight, int port, String target) implements Data {
    }

    /** A record. */
    record Entry(String name, DnsRecordType type, long ttl, Data data) {
    }

    /** The bytes of a query. */
    static byte[] query(int id, String name, DnsRecordType type) {
        EmbeddedChannel codec = new EmbeddedChannel(new DatagramDnsQueryEncoder());
        try {
            codec.writeOutbound(new DatagramDnsQuery(ANYBODY, ANYBODY, id).setRecursionDesired(true)
                    .addRecord(DnsSection.QUESTION, new DefaultDnsQuestion(name, type)));
            DatagramPacket packet = codec.readOutbound();
            byte[] bytes = new byte[packet.content().readableBytes()];
            packet.content().readBytes(bytes);
            packet.release();
            return bytes;
        } finally {
            codec.finishAndReleaseAll();
        }
    }

    /** Reads the bytes of an answer; empty if they are none. */
    static Optional<Message> read(byte[] bytes, int length) {
        EmbeddedChannel codec = new EmbeddedChannel(new DatagramDnsResponseDecoder());
        try {
            codec.writeInbound(new DatagramPacket(Unpooled.copiedBuffer(bytes, 0, length), ANYBODY, ANYBODY));
            DatagramDnsResponse response = codec.readInbound();
            if (response == null) {
                return Optional.empty();
            }
            try {
                return Optional.of(of(response));
            } finally {
                response.release();
            }
        } catch (RuntimeException malformed) {
            return Optional.empty();
        } finally {
            codec.finishAndReleaseAll();
        }
    }

    private static Message of(DnsResponse response) {
        DnsQuestion question = response.recordAt(DnsSection.QUESTION);
        return new Message(response.id(), question == null ? "" : plain(question.name()), response.code(),
                response.isTruncated(), entries(response, DnsSection.ANSWER), entries(response, DnsSection.ADDITIONAL));
    }

    private static List<Entry> entries(DnsResponse response, DnsSection section) {
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < response.count(section); i++) {
            DnsRecord record = response.recordAt(section, i);
            if (record instanceof DnsRawRecord raw) {
                data(raw).ifPresent(data -> entries.add(new Entry(plain(raw.name()), raw.type(), raw.timeToLive(), data)));
            }
        }
        return List.copyOf(entries);
    }

    private static Optional<Data> data(DnsRawRecord record) {
        ByteBuf content = record.content();
        DnsRecordType type = record.type();
        if (type.equals(DnsRecordType.A) && content.readableBytes() == 4
                || type.equals(DnsRecordType.AAAA) && content.readableBytes() == 16) {
            byte[] bytes = new byte[content.readableBytes()];
            content.readBytes(bytes);
            try {
                return Optional.of(new Address(InetAddress.getByAddress(bytes)));
            } catch (UnknownHostException e) {
                throw new IllegalStateException(e);
            }
        }
        if (type.equals(DnsRecordType.CNAME)) {
            return Optional.of(new Alias(plain(DefaultDnsRecordDecoder.decodeName(content))));
        }
        if (type.equals(DnsRecordType.SRV) && content.readableBytes() > 6) {
            // the name may point back into the message, whose start is index 0
            return Optional.of(new Service(content.readUnsignedShort(), content.readUnsignedShort(),
                    content.readUnsignedShort(), plain(DefaultDnsRecordDecoder.decodeName(content))));
        }
        return Optional.empty();
    }

    /** NXDOMAIN: the name that was asked for, or that its aliases lead to, does not exist. */
    boolean isNoSuchName() {
        return code.equals(DnsResponseCode.NXDOMAIN);
    }

    static String plain(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }
}
