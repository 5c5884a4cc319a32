package io.sluice.kernel.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Collectors;

/** Lists of field names that are data, not code: one dotted path a line, {@code #} for comments. */
final class KnownFields {

    private static final ConcurrentMap<String, Set<String>> LISTS = new ConcurrentHashMap<>();

    private KnownFields() {
    }

    static Set<String> of(String resource) {
        return LISTS.computeIfAbsent(resource, KnownFields::load);
    }

    private static Set<String> load(String resource) {
        try (InputStream in = KnownFields.class.getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#")).collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
