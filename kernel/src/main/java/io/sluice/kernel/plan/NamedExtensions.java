package io.sluice.kernel.plan;

import io.sluice.kernel.config.ExtensionRef;
import io.sluice.kernel.plugin.ExtensionCatalog;
import io.sluice.kernel.plugin.Offer;
import io.sluice.spi.config.Configured;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The extensions of one kind that a definition uses: first those that its fields switch on, by name, then those that it
 * lists, in its order. One that is listed is not switched on a second time.
 */
final class NamedExtensions<E extends Configured<?>> {

    private final ExtensionCatalog catalog;
    private final Class<E> kind;
    private final ExtensionBinding binding;
    private final ProblemList problems;

    NamedExtensions(ExtensionCatalog catalog, Class<E> kind, ExtensionBinding binding, ProblemList problems) {
        this.catalog = catalog;
        this.kind = kind;
        this.binding = binding;
        this.problems = problems;
    }

    /**
     * Binds them all; errors become problems.
     *
     * @param listed what the definition lists
     * @param field  where it does, for messages
     */
    List<BoundExtension<E>> collect(List<ExtensionRef> listed, String field) {
        Set<String> names = new HashSet<>();
        listed.forEach(ref -> names.add(ref.name()));
        List<BoundExtension<E>> bound = new ArrayList<>();
        for (Offer<E> offer : catalog.all(kind)) {
            if (!names.contains(offer.name()) && binding.isSwitchedOn(offer.extension())) {
                binding.bind(offer).ifPresent(bound::add);
            }
        }
        for (ExtensionRef ref : listed) {
            named(ref, field).flatMap(offer -> binding.bind(offer, ref)).ifPresent(bound::add);
        }
        return bound;
    }

    /** The extension that a reference means; an unknown name is an error. */
    Optional<Offer<E>> named(ExtensionRef ref, String field) {
        Optional<Offer<E>> offer = catalog.find(kind, ref.name());
        if (ref.isPlaceholder()) {
            problems.error("placeholder", ref.place(), field + ": \"" + ref.name() + "\" is a placeholder (expected: one of "
                    + Kinds.installed(catalog, kind) + ")", "write one of these names, or remove it");
        } else if (offer.isEmpty()) {
            problems.error("unknown_extension", ref.place(), field + ": \"" + ref.name()
                    + "\" is not installed (installed: " + Kinds.installed(catalog, kind) + ")",
                    Kinds.nearest(catalog, kind, ref.name(), "correct the name, or drop the plugin that has it into plugins/"));
        }
        return offer;
    }
}
