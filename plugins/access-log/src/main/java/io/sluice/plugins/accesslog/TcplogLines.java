package io.sluice.plugins.accesslog;

import io.sluice.spi.connection.CloseReason;
import io.sluice.spi.connection.ServiceInfo;
import io.sluice.spi.connection.TargetAddress;
import io.sluice.spi.observer.ConnectionSummary;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * The fields of HAProxy's {@code option tcplog} (configuration manual, 8.2.2), for tools that read those:
 * {@code client:port [time] listener service/target queue/connect/total bytes state counts queues}.
 *
 * <p>The client is the presented one; times are UTC. Counts of concurrent connections and queues, which a gateway without
 * queues does not have, are 0; the fifth count is the number of tries after the first.
 */
final class TcplogLines implements LineFormat {

    private static final DateTimeFormatter TIME = DateTimeFormatter
            .ofPattern("dd/MMM/uuuu:HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);

    @Override
    public void append(Entry entry, StringBuilder line) {
        if (entry instanceof Entry.Closed closed) {
            closed(closed.summary(), line);
        } else if (entry instanceof Entry.RefusedAtAccept refused) {
            line.append('[').append(TIME.format(refused.time())).append("] ").append(refused.listener())
                    .append(" refused ").append(refused.count()).append(" too_many_connections");
        } else if (entry instanceof Entry.Dropped dropped) {
            line.append('[').append(TIME.format(dropped.time())).append("] dropped ").append(dropped.count())
                    .append(" lines");
        }
    }

    private static void closed(ConnectionSummary summary, StringBuilder line) {
        InetSocketAddress client = summary.client().client().source();
        boolean connected = summary.target().isPresent();
        line.append(AddressText.ip(client.getAddress())).append(':').append(client.getPort())
                .append(" [").append(TIME.format(summary.time())).append("] ")
                .append(summary.listener()).append(' ')
                .append(word(summary.service().map(ServiceInfo::id).orElse(summary.listener()))).append('/')
                .append(summary.target().map(TargetAddress::toString).map(TcplogLines::word).orElse("<NOSRV>")).append(' ')
                .append(connected ? "0/" + summary.timing().connect().toMillis() : "-1/-1").append('/')
                .append(summary.timing().total().toMillis()).append(' ')
                .append(summary.traffic().bytesToClient()).append(' ')
                .append(state(summary.reason())).append(" 0/0/0/0/")
                .append(Math.max(0, summary.timing().tries() - 1)).append(" 0/0");
    }

    /** One field: what would end it, or the line, becomes {@code #XX} as HAProxy writes such bytes. */
    private static String word(String text) {
        if (text.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '#')) {
            return text;
        }
        StringBuilder word = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            word.append(b > ' ' && b != 0x7f && b != '#' ? String.valueOf((char) b) : String.format("#%02X", b & 0xff));
        }
        return word.toString();
    }

    /** HAProxy's two letters (8.5): who or what ended it, and in which phase. */
    private static String state(CloseReason reason) {
        return switch (reason) {
            case COMPLETED -> "--";
            case CLIENT_RESET, PEER_CLOSED_TLS, TRUNCATED -> "CD";
            case UPSTREAM_RESET -> "SD";
            case IDLE_TIMEOUT, HALF_CLOSED_TIMEOUT -> "cD";
            case HANDSHAKE_TIMEOUT -> "cR";
            case CLIENT_LEFT -> "CC";
            case NO_TARGET, CONNECT_FAILED -> "SC";
            case TARGET_DOWN -> "DD";
            case MAX_LIFETIME, SERVICE_REMOVED, CLOSED_BY_OPERATOR, SHUTDOWN -> "KD";
            case TOO_MANY_CONNECTIONS, TOO_FAST -> "RR";
            case BAD_PREAMBLE, UNTRUSTED_PROXY, TLS_FAILED, CLIENT_CERTIFICATE_REFUSED, NO_SERVICE, ACCESS_DENIED -> "PR";
            default -> "ID";
        };
    }
}
