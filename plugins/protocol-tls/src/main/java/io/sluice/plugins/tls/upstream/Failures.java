package io.sluice.plugins.tls.upstream;

import io.netty.handler.ssl.NotSslRecordException;
import io.sluice.plugins.tls.material.Names;
import java.nio.channels.ClosedChannelException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns what went wrong in TLS into one sentence, the same with both providers. */
final class Failures {

    private static final Pattern JDK_ALERT = Pattern.compile("Received fatal alert: ([a-z_]+)");
    private static final Pattern BORINGSSL_ALERT = Pattern.compile("(?:SSLV3|TLSV1)_(?:ALERT_)?([A-Z_]+)");
    private static final Pattern NO_VERSION = Pattern.compile(
            "UNSUPPORTED_PROTOCOL|WRONG_VERSION_NUMBER|NO_PROTOCOLS|selected protocol version|No appropriate protocol|"
                    + "not accepted by client preferences|protocol is disabled");
    private static final Pattern NO_SUITE = Pattern.compile("WRONG_CIPHER_RETURNED|UNKNOWN_CIPHER_RETURNED|unsupported ciphersuite|not supported cipher");

    private Failures() {
    }

    /**
     * The sentence.
     *
     * @param versions the versions that were offered
     */
    static String sentence(Throwable failure, List<String> versions) {
        String text = "";
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof Refused refused) {
                return refused.getMessage();
            }
            if (cause instanceof NotSslRecordException) {
                return "it does not speak TLS on this port (its first bytes are no TLS record)";
            }
            if (cause instanceof ClosedChannelException) {
                return "it closed the connection during the TLS handshake (it may not speak TLS on this port)";
            }
            text = text.isEmpty() && cause.getMessage() != null ? cause.getMessage() : text;
        }
        return ofText(text, versions);
    }

    private static String ofText(String text, List<String> versions) {
        Matcher jdk = JDK_ALERT.matcher(text);
        if (jdk.find()) {
            return alert(jdk.group(1), versions);
        }
        Matcher boring = BORINGSSL_ALERT.matcher(text);
        if (boring.find()) {
            return alert(boring.group(1).toLowerCase(Locale.ROOT), versions);
        }
        if (NO_VERSION.matcher(text).find()) {
            return noVersion(versions);
        }
        if (NO_SUITE.matcher(text).find()) {
            return "it chose a cipher suite that was not offered";
        }
        return "TLS failed: " + Names.printable(text.isEmpty() ? "no reason is known" : text);
    }

    private static String alert(String name, List<String> versions) {
        return switch (name) {
            case "protocol_version" -> noVersion(versions);
            case "handshake_failure", "insufficient_security" -> "it found nothing in common with the TLS that was offered, or wants "
                    + "a client certificate (alert " + name + ")";
            case "no_application_protocol" -> "it speaks none of the application protocols that were offered (alert " + name + ")";
            case "unrecognized_name" -> "it knows no service of that name (alert unrecognized_name)";
            case "certificate_required", "bad_certificate", "unsupported_certificate", "certificate_revoked",
                    "certificate_expired", "certificate_unknown", "unknown_ca", "access_denied" ->
                    "it refuses the client certificate, or misses one (alert " + name + ")";
            default -> "it ended TLS (alert " + name + ")";
        };
    }

    private static String noVersion(List<String> versions) {
        return "it speaks no version of TLS that was offered (offered: " + String.join(", ", versions) + ")";
    }
}
