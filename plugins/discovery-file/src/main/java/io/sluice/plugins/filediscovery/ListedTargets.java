package io.sluice.plugins.filediscovery;

import io.sluice.spi.discovery.DiscoveryException;
import io.sluice.spi.discovery.FoundTarget;
import io.sluice.spi.json.Json;
import io.sluice.spi.json.JsonException;
import io.sluice.spi.json.JsonMistake;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads what {@code target_list} could hold. One mistake refuses the whole text, but for an address: the kernel leaves out
 * those that are none.
 */
final class ListedTargets {

    private static final Set<String> FIELDS = Set.of("url", "weight", "priority");

    private final Json json;

    ListedTargets(Json json) {
        this.json = json;
    }

    List<FoundTarget> read(String text) throws DiscoveryException {
        Object value;
        try {
            value = json.read(text);
        } catch (JsonException e) {
            JsonMistake mistake = e.mistakes().get(0);
            throw new DiscoveryException("line " + mistake.line() + ", column " + mistake.column() + ": " + mistake.message(), e);
        }
        if (!(value instanceof List<?> list)) {
            throw new DiscoveryException("no list (expected: an array in brackets, as target_list has it)");
        }
        List<FoundTarget> targets = new ArrayList<>();
        for (Object entry : list) {
            targets.add(target(entry, "entry " + (targets.size() + 1)));
        }
        return targets;
    }

    private static FoundTarget target(Object entry, String place) throws DiscoveryException {
        if (entry instanceof String address) {
            return FoundTarget.at(address);
        }
        if (!(entry instanceof Map<?, ?> object) || !(object.get("url") instanceof String address)) {
            throw new DiscoveryException(place + " has no url (expected: \"host:port\", or { \"url\": \"host:port\", … })");
        }
        for (Object field : object.keySet()) {
            if (!FIELDS.contains(field)) {
                throw new DiscoveryException(place + " has an unknown field \"" + field
                        + "\" (expected: one of url, weight, priority)");
            }
        }
        return new FoundTarget(address, number(object, "weight", 1, place), number(object, "priority", 0, place));
    }

    private static int number(Map<?, ?> object, String field, int absent, String place) throws DiscoveryException {
        Object value = object.get(field);
        if (value == null) {
            return absent;
        }
        if (value instanceof Long number && number >= 0 && number <= 1_000_000) {
            return number.intValue();
        }
        throw new DiscoveryException(place + ": " + field + ": " + value + " (expected: a whole number, 0 to 1000000)");
    }
}
