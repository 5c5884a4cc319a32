package io.sluice.kernel.config;

import io.sluice.spi.config.Material;

/** Where a {@link Material} comes from that a definition refers to. */
@FunctionalInterface
public interface Materials {

    /** For configurations that have none: whatever is referred to is not found. */
    Materials NONE = reference -> new NotFound("nothing here: this field takes no files", "");

    /** The answer to a reference. */
    sealed interface Answer {
    }

    /** It was found and read. */
    record Found(Material material) implements Answer {
    }

    /**
     * It was not.
     *
     * @param rule what was expected
     * @param hint what to do next
     */
    record NotFound(String rule, String hint) implements Answer {
    }

    /**
     * Finds what a reference means: PEM text, the id of a certificate, or a path.
     *
     * @param reference as the definition has it; neither empty nor a placeholder
     */
    Answer find(String reference);
}
