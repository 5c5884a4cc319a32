package io.sluice.kernel.plan;

import io.sluice.spi.connection.ClientFacts;
import io.sluice.spi.connection.CloseReason;
import io.sluice.spi.connection.Refusal;
import io.sluice.spi.protocol.ClientProtocol;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One service's part of its listener's layers: how it is told apart from its neighbours, and whom it admits. Immutable.
 */
public final class ClientSide {

    private static final Logger LOG = LoggerFactory.getLogger(ClientSide.class);

    private final List<CompiledLayer> layers;
    private final List<String> alpn;

    /**
     * @param layers outermost first
     * @param alpn   the application protocols that the service speaks; empty for any
     */
    ClientSide(List<CompiledLayer> layers, List<String> alpn) {
        this.layers = List.copyOf(layers);
        this.alpn = List.copyOf(alpn);
    }

    List<CompiledLayer> layers() {
        return layers;
    }

    /** The application protocols that the service speaks; empty for any. */
    public List<String> alpn() {
        return alpn;
    }

    /** Why a client is not welcome by what its layers learnt about it; empty if it is. Any event loop. */
    public Optional<Refusal> admit(ClientFacts client) {
        for (CompiledLayer layer : layers) {
            try {
                Optional<Refusal> refusal = admit(layer, client);
                if (refusal.isPresent()) {
                    return refusal;
                }
            } catch (Throwable e) {
                LOG.error("{} could not say whether a client is admitted", layer.offer().name(), e);
                return Optional.of(new Refusal(CloseReason.INTERNAL_ERROR, "a layer failed"));
            }
        }
        return Optional.empty();
    }

    @SuppressWarnings("unchecked")
    private static Optional<Refusal> admit(CompiledLayer layer, ClientFacts client) {
        return ((ClientProtocol<?, Object>) layer.offer().extension()).admit(layer.prepared(), client);
    }
}
