package io.sluice.kernel.plan;

import io.sluice.kernel.json.JsonValue;
import io.sluice.kernel.plugin.Offer;
import io.sluice.spi.config.Configured;

/**
 * An extension that a definition uses, with its configuration.
 *
 * @param offer  the extension
 * @param config its bound record
 * @param origin the JSON that the record was bound from, for the places of findings
 */
record BoundExtension<E extends Configured<?>>(Offer<E> offer, Record config, JsonValue origin) {

    E extension() {
        return offer.extension();
    }
}
