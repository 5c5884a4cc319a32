package io.sluice.kernel.plugin;

import io.sluice.kernel.problem.Problem;
import io.sluice.spi.Extension;
import java.util.List;
import java.util.Optional;

/**
 * What the installed plugins offer at one moment. Immutable; thread-safe.
 */
public interface ExtensionCatalog {

    /** The extension of a kind that a name means. */
    <E extends Extension> Optional<Offer<E>> find(Class<E> kind, String name);

    /** All extensions of a kind, by name. */
    <E extends Extension> List<Offer<E>> all(Class<E> kind);

    /** The extension of a kind that serves where nobody names one; the distribution's own goes first. */
    <E extends Extension> Optional<Offer<E>> byDefault(Class<E> kind);

    /** What is wrong with plugins. */
    List<Problem> problems();
}
