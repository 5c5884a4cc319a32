package io.sluice.kernel.plan;

import io.sluice.kernel.plugin.Offer;
import io.sluice.spi.protocol.ClientProtocol;

/**
 * One service's part of one layer of a listener.
 *
 * @param offer    the protocol
 * @param prepared what it prepared for the service
 */
record CompiledLayer(Offer<? extends ClientProtocol<?, ?>> offer, Object prepared) {
}
