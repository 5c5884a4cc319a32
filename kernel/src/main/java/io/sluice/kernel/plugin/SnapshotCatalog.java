package io.sluice.kernel.plugin;

import io.sluice.kernel.problem.Problem;
import io.sluice.spi.Extension;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A catalog at one moment. */
final class SnapshotCatalog implements ExtensionCatalog {

    private final Map<Class<? extends Extension>, Map<String, Offer<Extension>>> offers;
    private final Map<Class<? extends Extension>, Offer<Extension>> defaults;
    private final List<Problem> problems;

    private SnapshotCatalog(Map<Class<? extends Extension>, Map<String, Offer<Extension>>> offers,
            Map<Class<? extends Extension>, Offer<Extension>> defaults, List<Problem> problems) {
        this.offers = offers;
        this.defaults = defaults;
        this.problems = List.copyOf(problems);
    }

    /**
     * Puts generations into a catalog. Of two that claim a name the first keeps it; the other is reachable as
     * {@code plugin:name}.
     *
     * @param generations in order of precedence
     * @param conflicts   takes what was claimed twice: the loser, and a sentence
     */
    static SnapshotCatalog of(List<LoadedGeneration> generations, List<Problem> problems,
            Map<LoadedGeneration, String> conflicts) {
        Map<Class<? extends Extension>, Map<String, Offer<Extension>>> offers = new HashMap<>();
        Map<Class<? extends Extension>, Offer<Extension>> defaults = new HashMap<>();
        for (LoadedGeneration generation : generations) {
            for (LoadedGeneration.Found found : generation.extensions()) {
                Map<String, Offer<Extension>> kind = offers.computeIfAbsent(found.kind(), k -> new TreeMap<>());
                String name = found.name();
                Offer<Extension> first = kind.get(name);
                if (first != null) {
                    String other = generation.plugin() + ":" + name;
                    conflicts.put(generation, "\"" + name + "\" belongs to plugin " + first.generation().plugin()
                            + "; this one is reachable as \"" + other + "\"");
                    name = other;
                }
                Offer<Extension> offer = new Offer<>(name, found.extension(), generation);
                kind.put(name, offer);
                if (found.isDefault()) {
                    defaults.putIfAbsent(found.kind(), offer);
                }
            }
        }
        return new SnapshotCatalog(offers, defaults, problems);
    }

    /** The same offers with other problems. */
    SnapshotCatalog with(List<Problem> others) {
        return new SnapshotCatalog(offers, defaults, others);
    }

    Set<Generation> generations() {
        return offers.values().stream().flatMap(kind -> kind.values().stream()).map(Offer::generation)
                .collect(Collectors.toSet());
    }

    /** The extensions of a generation. */
    List<PluginStatus.Provided> provided(Generation generation) {
        Map<String, PluginStatus.Provided> provided = new LinkedHashMap<>();
        offers.forEach((kind, byName) -> byName.forEach((name, offer) -> {
            if (offer.generation() == generation) {
                provided.put(kind.getSimpleName() + name, new PluginStatus.Provided(kind.getSimpleName(), name));
            }
        }));
        return provided.values().stream().sorted(Comparator.comparing(PluginStatus.Provided::kind)
                .thenComparing(PluginStatus.Provided::name)).toList();
    }

    @Override
    public <E extends Extension> Optional<Offer<E>> find(Class<E> kind, String name) {
        return Optional.ofNullable(of(kind).get(name)).map(offer -> cast(kind, offer));
    }

    @Override
    public <E extends Extension> List<Offer<E>> all(Class<E> kind) {
        return of(kind).values().stream().map(offer -> cast(kind, offer)).toList();
    }

    private Map<String, Offer<Extension>> of(Class<? extends Extension> kind) {
        return offers.getOrDefault(kind, Map.of());
    }

    private static <E extends Extension> Offer<E> cast(Class<E> kind, Offer<Extension> offer) {
        return new Offer<>(offer.name(), kind.cast(offer.extension()), offer.generation());
    }

    @Override
    public <E extends Extension> Optional<Offer<E>> byDefault(Class<E> kind) {
        return Optional.ofNullable(defaults.get(kind)).map(offer -> cast(kind, offer));
    }

    @Override
    public List<Problem> problems() {
        return problems;
    }
}
