package io.sluice.plugins.httpdiscovery;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes {@code host:port} of what discovery services say. */
final class Addresses {

    private static final Pattern PARTS = Pattern.compile("(?:([A-Za-z][A-Za-z0-9+._-]*)://)?([^/?#]*)[/?#]?.*",
            Pattern.DOTALL);

    private Addresses() {
    }

    /**
     * An address as {@code target_list} has it; something that is none if it cannot be made out.
     *
     * @param host     a host, {@code host:port} or a URL; the scheme goes if it is http or https, a path always
     * @param port     a number or a string, or {@code null}
     * @param standard the port if there is none; 0 for none
     */
    static String address(Object host, Object port, int standard) {
        String text = host instanceof String string ? string.strip() : String.valueOf(host);
        Matcher parts = PARTS.matcher(text);
        if (!parts.matches() || parts.group(2).isEmpty()) {
            return text.length() > 100 ? text.substring(0, 100) : text;
        }
        String scheme = parts.group(1) == null || parts.group(1).matches("(?i)https?") ? "" : parts.group(1) + "://";
        String authority = parts.group(2);
        int colons = (int) authority.chars().filter(c -> c == ':').count();
        if (colons > 1 && !authority.startsWith("[")) {
            authority = "[" + authority + "]";
        }
        boolean hasPort = authority.startsWith("[") ? authority.contains("]:") : colons == 1;
        String own = port == null || port.toString().isBlank() ? standard == 0 ? "" : ":" + standard
                : ":" + port.toString().strip();
        return scheme + authority + (hasPort ? "" : own);
    }
}
