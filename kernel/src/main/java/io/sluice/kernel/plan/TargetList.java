package io.sluice.kernel.plan;

import io.sluice.kernel.config.Definition;
import io.sluice.kernel.config.Definition.TargetEntry;
import io.sluice.kernel.config.RecordBinder;
import io.sluice.kernel.config.TargetUrl;
import io.sluice.kernel.json.JsonValue;
import io.sluice.kernel.json.JsonValue.JsonArray;
import io.sluice.kernel.json.JsonValue.JsonBoolean;
import io.sluice.kernel.json.JsonValue.JsonNull;
import io.sluice.kernel.json.JsonValue.JsonObject;
import io.sluice.kernel.json.JsonValue.JsonString;
import io.sluice.kernel.plugin.ExtensionCatalog;
import io.sluice.kernel.plugin.Offer;
import io.sluice.kernel.problem.Place;
import io.sluice.spi.connection.TargetAddress;
import io.sluice.spi.protocol.UpstreamProtocol;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** The static targets of one service and the layers that lead to them. */
final class TargetList {

    private final ExtensionCatalog catalog;
    private final UpstreamStacks stacks;
    private final Definition definition;
    private final ProblemList problems;

    TargetList(ExtensionCatalog catalog, UpstreamStacks stacks, Definition definition, ProblemList problems) {
        this.catalog = catalog;
        this.stacks = stacks;
        this.definition = definition;
        this.problems = problems;
    }

    /** One entry of the definition, understood. */
    private record Entry(String scheme, TargetAddress address, int weight, int priority, Place place) {
    }

    /**
     * The targets; empty when there is none that can be used.
     *
     * @param discovered whether more are found elsewhere, so that none may be listed
     */
    List<TargetPlan> compile(boolean discovered) {
        Map<String, Entry> merged = new LinkedHashMap<>();
        for (Entry entry : entries(discovered)) {
            merged.merge(entry.scheme() + "://" + entry.address(), entry, this::merge);
        }
        List<TargetPlan> targets = new ArrayList<>();
        for (Entry entry : merged.values()) {
            stacks.of(entry.scheme()).ifPresent(layers -> targets.add(new TargetPlan(id(entry, merged), entry.scheme(),
                    entry.address(), layers, entry.weight(), entry.priority())));
        }
        return targets;
    }

    private Entry merge(Entry first, Entry again) {
        if (first.priority() != again.priority()) {
            problems.error("target_priority", again.place(), "target " + first.address() + " has priority "
                    + first.priority() + " and " + again.priority() + " (expected: one)",
                    "repeated entries add up their weights; they must agree on the priority");
        }
        return new Entry(first.scheme(), first.address(), first.weight() + again.weight(), first.priority(),
                first.place());
    }

    private static String id(Entry entry, Map<String, Entry> all) {
        boolean unique = all.values().stream().filter(e -> e.address().equals(entry.address())).count() == 1;
        return unique ? entry.address().toString() : entry.scheme() + "://" + entry.address();
    }

    private List<Entry> entries(boolean discovered) {
        Definition.Proxy proxy = definition.proxy();
        boolean hasUrl = proxy.targetUrl() != null && !proxy.targetUrl().isEmpty();
        boolean declined = isFalse("enable_load_balancing") || isFalse("proxy.enable_load_balancing");
        if (!proxy.targetList().isEmpty() && (definition.enableLoadBalancing() || !declined && !hasUrl)) {
            return list(proxy.targetList());
        }
        if (hasUrl) {
            return entry(new TargetEntry(proxy.targetUrl(), 1, 0, definition.source()), "proxy.target_url",
                    ServiceCompiler.fieldOr(definition.source(), "proxy.target_url")).map(List::of).orElse(List.of());
        }
        if (discovered || isWrong()) {
            return List.of();
        }
        problems.errorAt(definition.source(), "proxy", "no_target",
                "no target (expected: proxy.target_url, or proxy.target_list with enable_load_balancing)",
                proxy.targetList().isEmpty() ? "add \"proxy\": { \"target_url\": \"host:port\" }"
                        : "set \"enable_load_balancing\": true, or give the one target as target_url");
        return List.of();
    }

    /** Whether something is written that the binder has refused: it has said why. */
    private boolean isWrong() {
        JsonValue proxy = definition.source().get("proxy");
        JsonValue url = ExtensionBinding.at(definition.source(), "proxy.target_url").orElse(null);
        JsonValue list = ExtensionBinding.at(definition.source(), "proxy.target_list").orElse(null);
        boolean listed = list != null && !(list instanceof JsonArray array && array.elements().isEmpty());
        return !(proxy == null || proxy instanceof JsonNull || proxy instanceof JsonObject)
                || url != null && !(url instanceof JsonString text && text.text().isEmpty())
                || listed && definition.proxy().targetList().isEmpty();
    }

    private boolean isFalse(String path) {
        return ExtensionBinding.at(definition.source(), path).orElse(null) instanceof JsonBoolean b && !b.value();
    }

    private List<Entry> list(List<TargetEntry> written) {
        JsonValue source = ServiceCompiler.fieldOr(definition.source(), "proxy.target_list");
        List<Entry> entries = new ArrayList<>();
        for (TargetEntry entry : written) {
            // entries that could not be bound are not among these, so the index is the written one's
            int index = source instanceof JsonArray array ? indexOf(entry.source(), array) : 0;
            entry(entry, "target_list[" + index + "]", entry.source()).ifPresent(entries::add);
        }
        if (!entries.isEmpty() && entries.stream().allMatch(entry -> entry.weight() == 0)) {
            problems.warning("all_targets_parked", source.place(), "every target has weight 0 (expected: one above 0)",
                    "connections are refused until one has a weight");
        }
        return entries;
    }

    /** Where an entry stands in the array that it was bound from. */
    static int indexOf(JsonObject entry, JsonArray array) {
        return IntStream.range(0, array.elements().size())
                .filter(i -> array.elements().get(i).place().equals(entry.place())).findFirst().orElse(0);
    }

    private Optional<Entry> entry(TargetEntry written, String field, JsonValue place) {
        if (written.url() == null) {
            if (written.source().get("url") == null || written.source().get("url") instanceof JsonNull) {
                problems.error("target", place.place(), field + ": url is missing (expected: host:port, [v6]:port or"
                        + " scheme://host:port)", "add \"url\": the target's address");
            }
            return Optional.empty();
        }
        TargetUrl parsed = TargetUrl.parse(written.url());
        Place at = place == written.source() ? ServiceCompiler.fieldOr(written.source(), "url").place() : place.place();
        if (parsed instanceof TargetUrl.Bad bad) {
            problems.error("target", at, field + ": " + bad.message(), bad.hint());
            return Optional.empty();
        }
        TargetUrl.Good url = (TargetUrl.Good) parsed;
        Optional<Offer<UpstreamProtocol<Record>>> protocol = stacks.protocol(url.scheme());
        if (protocol.isEmpty()) {
            problems.error("unknown_scheme", at, field + ": scheme \"" + url.scheme()
                    + "\" is not installed (installed: " + Kinds.installed(catalog, Kinds.UPSTREAM) + ")",
                    Kinds.nearest(catalog, Kinds.UPSTREAM, url.scheme(), url.scheme().startsWith("http")
                            ? "this gateway works below HTTP: write tcp:// or tls://"
                            : "write one of these schemes, or drop the plugin that has it into plugins/"));
            return Optional.empty();
        }
        return Optional.of(new Entry(protocol.get().name(), new TargetAddress(url.host(), url.port()),
                written.weight(), written.priority(), place.place()));
    }
}
