package io.sluice.plugins.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.sluice.spi.connection.ClientFacts;
import io.sluice.spi.connection.TlsFacts;
import io.sluice.spi.protocol.UpstreamConnection;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/**
 * Writes headers. Source and destination are the presented ones. A probe has no client: it is UNKNOWN in version 1 and
 * LOCAL in version 2. Where one of the two addresses is IPv4 and the other IPv6, version 1 says UNKNOWN, because it has
 * no words for that, and version 2 writes the IPv4 one as an IPv4-mapped IPv6 address.
 */
final class HeaderWriter {

    private static final int LONGEST_TEXT = 255;

    private HeaderWriter() {
    }

    static ByteBuf write(SendConfig config, UpstreamConnection connection) {
        return config.version() == Version.V1 ? text(connection.client()) : binary(config, connection);
    }

    private static ByteBuf text(Optional<ClientFacts> client) {
        String line = "PROXY UNKNOWN\r\n";
        if (client.isPresent()) {
            InetSocketAddress source = client.get().client().source();
            InetSocketAddress destination = client.get().client().destination();
            boolean v4 = isV4(source);
            if (v4 == isV4(destination)) {
                line = "PROXY " + (v4 ? "TCP4 " : "TCP6 ") + literal(source) + " " + literal(destination) + " "
                        + source.getPort() + " " + destination.getPort() + "\r\n";
            }
        }
        return Unpooled.copiedBuffer(line, StandardCharsets.US_ASCII);
    }

    private static boolean isV4(InetSocketAddress address) {
        return address.getAddress() instanceof Inet4Address;
    }

    /** Without the scope of a link-local address, which means nothing elsewhere. */
    private static String literal(InetSocketAddress address) {
        String literal = address.getAddress().getHostAddress();
        int scope = literal.indexOf('%');
        return scope < 0 ? literal : literal.substring(0, scope);
    }

    private static ByteBuf binary(SendConfig config, UpstreamConnection connection) {
        ByteBuf header = Unpooled.buffer(128);
        header.writeBytes(HeaderParser.V2_SIGNATURE);
        Optional<ClientFacts> client = connection.client();
        if (client.isEmpty()) {
            return header.writeByte(0x20).writeByte(0x00).writeShort(0);
        }
        InetSocketAddress source = client.get().client().source();
        InetSocketAddress destination = client.get().client().destination();
        boolean v4 = isV4(source) && isV4(destination);
        header.writeByte(0x21).writeByte(v4 ? 0x11 : 0x21).writeShort(0);
        header.writeBytes(raw(source.getAddress(), v4)).writeBytes(raw(destination.getAddress(), v4));
        header.writeShort(source.getPort()).writeShort(destination.getPort());
        int checksumAt = -1;
        for (SendConfig.Tlv tlv : config.tlvs()) {
            if ("crc32c".equals(tlv.name())) {
                checksumAt = header.writerIndex() + 3;
            }
            tlv(header, tlv, client.get(), connection.id());
        }
        header.setShort(14, header.writerIndex() - BinaryHeader.FIXED);
        if (checksumAt >= 0) {
            header.setInt(checksumAt, BinaryHeader.checksum(header.slice(), checksumAt));
        }
        return header;
    }

    private static byte[] raw(InetAddress address, boolean v4) {
        byte[] bytes = address.getAddress();
        if (v4 || bytes.length == 16) {
            return bytes;
        }
        byte[] mapped = new byte[16];
        mapped[10] = (byte) 0xff;
        mapped[11] = (byte) 0xff;
        System.arraycopy(bytes, 0, mapped, 12, 4);
        return mapped;
    }

    /** A TLV about something that the connection does not have is left out. */
    private static void tlv(ByteBuf header, SendConfig.Tlv tlv, ClientFacts client, String id) {
        if (tlv.name() == null) {
            put(header, tlv.type(), tlv.value());
            return;
        }
        switch (tlv.name()) {
            case "alpn" -> client.alpn().ifPresent(alpn -> put(header, 0x01, alpn));
            case "authority" -> client.serverName().ifPresent(name -> put(header, 0x02, name));
            case "crc32c" -> header.writeByte(BinaryHeader.TLV_CRC32C).writeShort(4).writeInt(0);
            case "unique_id" -> put(header, 0x05, id);
            case "ssl" -> client.tls().ifPresent(tls -> ssl(header, tls));
            default -> throw new IllegalStateException(tlv.name());
        }
    }

    /** {@code PP2_TYPE_SSL} (2.2.6): what the client did, and the version and common name as TLVs inside. */
    private static void ssl(ByteBuf header, TlsFacts tls) {
        ByteBuf inner = Unpooled.buffer(64);
        boolean certificate = tls.clientCertificate().isPresent();
        // PP2_CLIENT_SSL, PP2_CLIENT_CERT_CONN and PP2_CLIENT_CERT_SESS; verify 0 = the certificate was verified
        inner.writeByte(certificate ? 0x07 : 0x01).writeInt(certificate ? 0 : 1);
        put(inner, 0x21, tls.version());
        tls.clientCertificate().flatMap(HeaderWriter::commonName).ifPresent(name -> put(inner, 0x22, name));
        header.writeByte(BinaryHeader.TLV_SSL).writeShort(inner.readableBytes()).writeBytes(inner);
    }

    private static Optional<String> commonName(X509Certificate certificate) {
        try {
            return new LdapName(certificate.getSubjectX500Principal().getName()).getRdns().stream()
                    .filter(rdn -> rdn.getType().equalsIgnoreCase("CN")).map(Rdn::getValue).map(String::valueOf).findFirst();
        } catch (InvalidNameException e) {
            return Optional.empty();
        }
    }

    private static void put(ByteBuf header, int type, String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        int length = type >= 0xe0 ? bytes.length : Math.min(bytes.length, LONGEST_TEXT);
        header.writeByte(type).writeShort(length).writeBytes(bytes, 0, length);
    }
}
