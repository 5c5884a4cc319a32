package io.sluice.kernel.plugin;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One clause of a manifest header such as {@code Import-Package} (OSGi Core 3.2.4): a name and its attributes.
 *
 * @param name       what stands first
 * @param attributes attributes and directives, quotes removed
 */
record HeaderClause(String name, Map<String, String> attributes) {

    String attribute(String key, String fallback) {
        return attributes.getOrDefault(key, fallback);
    }

    /** The clauses of a header; none if it is absent. */
    static List<HeaderClause> parse(String header) {
        List<HeaderClause> clauses = new ArrayList<>();
        if (header == null) {
            return clauses;
        }
        for (String clause : split(header, ',')) {
            List<String> parts = split(clause, ';');
            Map<String, String> attributes = new LinkedHashMap<>();
            for (String part : parts.subList(1, parts.size())) {
                int equals = part.indexOf('=');
                if (equals > 0) {
                    attributes.put(part.substring(0, equals).strip().replace(":", ""),
                            part.substring(equals + 1).strip().replace("\"", ""));
                }
            }
            clauses.add(new HeaderClause(parts.get(0).strip(), attributes));
        }
        return clauses;
    }

    private static List<String> split(String text, char separator) {
        List<String> parts = new ArrayList<>();
        boolean quoted = false;
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '"') {
                quoted = !quoted;
            } else if (text.charAt(i) == separator && !quoted) {
                parts.add(text.substring(from, i));
                from = i + 1;
            }
        }
        parts.add(text.substring(from));
        return parts;
    }
}
