package io.sluice.plugins.adminhttp.api;

import io.sluice.spi.admin.AdminRequest;
import io.sluice.spi.control.Expectation;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code If-Match} and {@code If-None-Match} (RFC 9110 13.1). */
final class Conditions {

    private static final Pattern TAG = Pattern.compile("(W/)?(\"[\\x21\\x23-\\x7e\\x80-\\xff]*\")");

    private Conditions() {
    }

    /** Whether {@code If-None-Match} says that the asking side has the content already; weak tags count (RFC 9110 13.1.2). */
    static boolean isKnown(AdminRequest request, String tag) {
        String value = String.join(",", request.headers().getOrDefault("if-none-match", List.of())).strip();
        return value.equals("*") || TAG.matcher(value).results().anyMatch(known -> known.group(2).equals(tag));
    }

    static Expectation of(AdminRequest request) {
        List<String> match = request.headers().getOrDefault("if-match", List.of());
        if (match.isEmpty()) {
            boolean absent = request.header("if-none-match").filter(value -> value.strip().equals("*")).isPresent();
            return absent ? new Expectation.Absent() : new Expectation.Unstated();
        }
        String value = String.join(",", match).strip();
        if (value.equals("*")) {
            return new Expectation.Present();
        }
        // a weak tag never matches here, and what is no tag at all matches nothing
        Set<String> tags = new HashSet<>();
        Matcher matcher = TAG.matcher(value);
        while (matcher.find()) {
            if (matcher.group(1) == null) {
                tags.add(matcher.group(2));
            }
        }
        return new Expectation.Tagged(tags);
    }
}
