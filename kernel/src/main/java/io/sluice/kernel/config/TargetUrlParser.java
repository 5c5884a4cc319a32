package io.sluice.kernel.config;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parses targets, strictly, without ever asking a name service. */
final class TargetUrlParser {

    private static final String RULE = "host:port, [v6]:port or scheme://host:port";
    private static final Pattern SHAPE = Pattern.compile(
            "(?:([A-Za-z][A-Za-z0-9+._-]{0,63})://)?(\\[[^\\]]*\\]|[^:/?#@\\[\\]]*)(?::([^/]*))?(/?)(.*)");
    private static final Pattern HOST = Pattern.compile(
            "[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?(\\.[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?)*\\.?");
    private static final Pattern NUMBERS = Pattern.compile("[0-9.]+");
    private static final Pattern V4 = Pattern.compile("((25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(\\.|$)){4}");
    private static final Pattern PORT = Pattern.compile("[1-9]\\d{0,4}");
    private static final Pattern V6 = Pattern.compile("[0-9A-Fa-f:.]{2,45}(%[A-Za-z0-9._-]{1,32})?");

    private TargetUrlParser() {
    }

    static TargetUrl parse(String text) {
        if (text.isEmpty() || Scalars.isPlaceholder(text)) {
            return new TargetUrl.Bad("\"" + text + "\" is a placeholder (expected: " + RULE + ")", "write the target's address");
        }
        Matcher shape = SHAPE.matcher(text);
        if (text.length() > 400 || !shape.matches() || !shape.group(5).isEmpty()) {
            return bad(text, "a target has no path, no query and no user name");
        }
        String scheme = shape.group(1) == null ? "" : shape.group(1);
        String host = shape.group(2);
        if (shape.group(3) == null) {
            return bad(text, "the port is missing");
        }
        boolean v6 = host.startsWith("[");
        if (v6 ? !isV6(host.substring(1, host.length() - 1)) : !isHost(host)) {
            return bad(text, "\"" + shortened(host) + "\" is no host name and no IP address");
        }
        if (!PORT.matcher(shape.group(3)).matches() || Integer.parseInt(shape.group(3)) > 65535) {
            return bad(text, "the port is \"" + shortened(shape.group(3)) + "\" and must be 1 to 65535");
        }
        return new TargetUrl.Good(scheme, (v6 ? host.substring(1, host.length() - 1) : host).toLowerCase(Locale.ROOT),
                Integer.parseInt(shape.group(3)));
    }

    private static boolean isV6(String host) {
        return host.indexOf(':') >= 0 && V6.matcher(host).matches();
    }

    private static boolean isHost(String host) {
        if (NUMBERS.matcher(host).matches()) {
            return V4.matcher(host).matches() && !host.endsWith(".");
        }
        return host.length() <= 253 && HOST.matcher(host).matches();
    }

    private static TargetUrl bad(String text, String hint) {
        return new TargetUrl.Bad("\"" + shortened(text) + "\" (expected: " + RULE + ")", hint);
    }

    private static String shortened(String text) {
        String safe = text.replaceAll("\\p{Cntrl}", "?");
        return safe.length() > 80 ? safe.substring(0, 80) + "\u2026" : safe;
    }
}
