package io.sluice.plugins.httpdiscovery;

import io.sluice.spi.discovery.DiscoveryException;
import io.sluice.spi.discovery.FoundTarget;
import io.sluice.spi.json.Json;
import io.sluice.spi.json.JsonException;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds targets in an answer, as Tyk's fields say: the answer, or each element of it, is an item; at an item's
 * {@code parent_data_path} stand its entries, with {@code use_nested_query} as JSON in a string; in an entry,
 * {@code data_path} leads to the host and {@code port_data_path} to the port. Where a path leads to several values, hosts and ports
 * are zipped together.
 */
final class AnswerShape {

    private final HttpConfig config;
    private final Json json;

    AnswerShape(HttpConfig config, Json json) {
        this.config = config;
        this.json = json;
    }

    List<FoundTarget> targets(Object answer) throws DiscoveryException {
        List<FoundTarget> targets = new ArrayList<>();
        boolean any = false;
        for (Object item : items(answer)) {
            for (Object entry : entries(item)) {
                any |= addTo(targets, entry);
            }
        }
        if (!targets.isEmpty() && !any) {
            throw new DiscoveryException("nothing at " + (config.dataPath().isEmpty() ? "the place of a host"
                    : "data_path \"" + config.dataPath() + "\"") + " (expected: a host, or host:port)");
        }
        return config.useTargetList() || targets.isEmpty() ? targets : targets.subList(0, 1);
    }

    private List<?> items(Object answer) throws DiscoveryException {
        if (answer instanceof List<?> list) {
            return list;
        }
        if (config.endpointReturnsList()) {
            throw new DiscoveryException("something that is no list (expected: a list, as endpoint_returns_list says)");
        }
        return asList(answer);
    }

    private List<?> entries(Object item) throws DiscoveryException {
        Object parent = JsonPath.at(item, config.parentDataPath());
        if (!config.useNestedQuery()) {
            return asList(parent == null ? item : parent);
        }
        if (parent == null) {
            throw new DiscoveryException("nothing at parent_data_path \"" + config.parentDataPath()
                    + "\" (expected: JSON in a string)");
        }
        List<Object> entries = new ArrayList<>();
        for (Object text : asList(parent)) {
            entries.addAll(asList(text instanceof String nested ? unpacked(nested) : text));
        }
        return entries;
    }

    private Object unpacked(String nested) throws DiscoveryException {
        try {
            return json.read(nested);
        } catch (JsonException e) {
            throw new DiscoveryException("text at parent_data_path \"" + config.parentDataPath() + "\" that is not JSON: "
                    + e.getMessage(), e);
        }
    }

    /** Whether there was a host at all; what is wrong with it, the kernel says. */
    private boolean addTo(List<FoundTarget> targets, Object entry) {
        List<?> hosts = asList(JsonPath.at(entry, config.dataPath()));
        Object ports = config.portDataPath().isEmpty() ? null : JsonPath.at(entry, config.portDataPath());
        if (hosts.isEmpty()) {
            targets.add(FoundTarget.at(""));
            return false;
        }
        for (int i = 0; i < hosts.size(); i++) {
            Object port = ports instanceof List<?> list ? port(list, i, hosts.size()) : ports;
            targets.add(FoundTarget.at(Addresses.address(hosts.get(i), port, config.port())));
        }
        return true;
    }

    /** As many ports as hosts belong to each other; else each host has them all, and the first counts. */
    private static Object port(List<?> ports, int index, int hosts) {
        return ports.isEmpty() ? null : ports.get(hosts > 1 && ports.size() == hosts ? index : 0);
    }

    private static List<?> asList(Object value) {
        return value instanceof List<?> list ? list : value == null ? List.of() : List.of(value);
    }
}
