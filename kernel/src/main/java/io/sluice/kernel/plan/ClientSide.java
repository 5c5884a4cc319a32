package io.sluice.kernel.plan;

import io.sluice.spi.connection.ClientFacts;
import io.sluice.spi.connection.CloseReason;
import io.sluice.spi.connection.Refusal;
import io.sluice.spi.protocol.AddressTrust;
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
    private final AddressTrust trust;

    /**
     * @param layers outermost first
     * @param alpn   the application protocols that the service speaks; empty for any
     * @param trust  whose word the layers take for the client's address
     */
    ClientSide(List<CompiledLayer> layers, List<String> alpn, AddressTrust trust) {
        this.layers = List.copyOf(layers);
        this.alpn = List.copyOf(alpn);
        this.trust = trust;
    }

    List<CompiledLayer> layers() {
        return layers;
    }

    /** The application protocols that the service speaks; empty for any. */
    public List<String> alpn() {
        return alpn;
    }

    /** Why a client is not welcome by what its layers learnt about it; empty if it is. Any thread. */
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

    /** Whether a layer takes another address for the client's than the socket's. */
    public boolean takesPresentedAddress() {
        return trust != AddressTrust.SOCKET;
    }

    /** Whether a layer learns the server name that a client asks for. */
    public boolean tellsServerName() {
        return layers.stream().anyMatch(layer -> layer.offer().extension().tellsServerName());
    }

    /**
     * A layer, and what it would do.
     *
     * @param layer   its name
     * @param refusal why it would refuse the client; empty if it would not
     */
    public record Foresight(String layer, Optional<Refusal> refusal) {
    }

    /** What the layers would do with a client that act before its service is known. Any thread. */
    public List<Foresight> foreseeBeforeRouting(ClientFacts client) {
        return layers.stream().filter(layer -> layer.offer().extension().sharedByListener())
                .map(layer -> foresee(layer, client)).toList();
    }

    /** What the other layers would do. Any thread. */
    public List<Foresight> foreseeAfterRouting(ClientFacts client) {
        return layers.stream().filter(layer -> !layer.offer().extension().sharedByListener())
                .map(layer -> foresee(layer, client)).toList();
    }

    @SuppressWarnings("unchecked")
    private static Foresight foresee(CompiledLayer layer, ClientFacts client) {
        try {
            return new Foresight(layer.offer().name(),
                    ((ClientProtocol<?, Object>) layer.offer().extension()).foresee(layer.prepared(), client));
        } catch (Throwable e) {
            LOG.error("{} could not say what would become of a client", layer.offer().name(), e);
            return new Foresight(layer.offer().name(), Optional.of(new Refusal(CloseReason.INTERNAL_ERROR,
                    layer.offer().name() + " of plugin " + layer.offer().generation().plugin() + " failed: " + e)));
        }
    }

    @SuppressWarnings("unchecked")
    private static Optional<Refusal> admit(CompiledLayer layer, ClientFacts client) {
        return ((ClientProtocol<?, Object>) layer.offer().extension()).admit(layer.prepared(), client);
    }
}
