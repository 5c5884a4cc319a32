package io.sluice.plugins.tls.upstream;

import io.netty.util.NetUtil;
import io.sluice.spi.connection.TargetAddress;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Values by host, keyed {@code *}, {@code *.example.com} (one label), {@code host} or {@code host:port}; the most specific
 * key that fits a target wins. Immutable.
 *
 * @param <T> the values
 */
final class HostMap<T> {

    /** What a message says after "expected". */
    static final String RULE = "*, *.example.com, a host, or host:port";

    private static final Pattern NAME = Pattern.compile("(\\*\\.)?[a-z0-9_]([a-z0-9_.-]{0,251}[a-z0-9_])?");
    private static final Pattern PORT = Pattern.compile("[1-9][0-9]{0,4}");

    private final Map<String, T> values;

    HostMap(Map<String, T> values) {
        this.values = Map.copyOf(values);
    }

    /** The one form of a key; empty if it is none. */
    static Optional<String> key(String written) {
        String key = written.strip().toLowerCase(Locale.ROOT);
        if (key.equals("*")) {
            return Optional.of(key);
        }
        if (NetUtil.isValidIpV6Address(key) && !key.startsWith("[")) {
            return Optional.of(literal(key));
        }
        int colon = key.lastIndexOf(':');
        boolean bracketed = key.startsWith("[") && key.endsWith("]");
        String host = colon < 0 || bracketed ? key : key.substring(0, colon);
        String port = colon < 0 || bracketed ? "" : key.substring(colon);
        if (!port.isEmpty() && (!PORT.matcher(port.substring(1)).matches() || Integer.parseInt(port.substring(1)) > 65535)) {
            return Optional.empty();
        }
        if (host.startsWith("[") && host.endsWith("]") && NetUtil.isValidIpV6Address(host.substring(1, host.length() - 1))) {
            return Optional.of(literal(host.substring(1, host.length() - 1)) + port);
        }
        String name = withoutDot(host);
        return NAME.matcher(name).matches() && !(name.startsWith("*") && !port.isEmpty()) ? Optional.of(name + port) : Optional.empty();
    }

    /** The value for a target, if any key fits it. */
    Optional<T> of(TargetAddress target) {
        if (values.isEmpty()) {
            return Optional.empty();
        }
        String host = NetUtil.isValidIpV6Address(target.host()) ? literal(target.host())
                : withoutDot(target.host().toLowerCase(Locale.ROOT));
        T found = values.get(host + ":" + target.port());
        found = found == null ? values.get(host) : found;
        int dot = host.indexOf('.');
        found = found == null && dot > 0 && !NetUtil.isValidIpV4Address(host) ? values.get("*" + host.substring(dot)) : found;
        return Optional.ofNullable(found == null ? values.get("*") : found);
    }

    boolean isEmpty() {
        return values.isEmpty();
    }

    /** All values. */
    Collection<T> values() {
        return values.values();
    }

    private static String literal(String v6) {
        return "[" + NetUtil.bytesToIpAddress(NetUtil.createByteArrayFromIpAddressString(v6)) + "]";
    }

    private static String withoutDot(String host) {
        return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    }
}
