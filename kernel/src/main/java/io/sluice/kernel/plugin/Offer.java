package io.sluice.kernel.plugin;

import io.sluice.spi.Extension;

/**
 * An extension that is installed.
 *
 * @param name       the name it is reachable by
 * @param extension  the extension
 * @param generation what it was loaded from
 * @param <E>        its kind
 */
public record Offer<E extends Extension>(String name, E extension, Generation generation) {
}
