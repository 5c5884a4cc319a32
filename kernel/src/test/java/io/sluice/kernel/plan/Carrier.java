package io.sluice.kernel.plan;

import io.sluice.spi.config.Findings;
import io.sluice.spi.config.Material;
import io.sluice.spi.config.OneOrMany;
import io.sluice.spi.config.Spelling;
import io.sluice.spi.connection.ClientFacts;
import io.sluice.spi.connection.CloseReason;
import io.sluice.spi.connection.Refusal;
import io.sluice.spi.connection.ServiceInfo;
import io.sluice.spi.protocol.ClientLayer;
import io.sluice.spi.protocol.ClientProtocol;
import io.sluice.spi.protocol.ListenerView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A protocol of tests that takes materials, knows server names and application protocols, and counts what it prepares. */
public final class Carrier implements ClientProtocol<Carrier.Config, Carrier.Prepared> {

    /** The ids of the services that were prepared, in order. */
    public final List<String> prepared = new ArrayList<>();
    /** Until when it says that everything holds; {@code null} for ever. */
    public Instant until;

    public record Config(@OneOrMany List<Material> cargo, Map<String, Material> byHost, List<String> alpn, String refuse,
            Level level) {
    }

    public enum Level {
        @Spelling({"1.2", "771"}) LOW, HIGH
    }

    public record Prepared(String id, Config config) {
    }

    @Override
    public String name() {
        return "carrier";
    }

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public Prepared prepare(Config config, ServiceInfo service, Findings findings) {
        prepared.add(service.id());
        for (int i = 0; i < config.cargo().size(); i++) {
            if (config.cargo().get(i).text().contains("spoilt")) {
                findings.error("cargo[" + i + "]", config.cargo().get(i) + " is spoilt (expected: fresh)", "");
            }
        }
        if (until != null) {
            findings.holdsUntil(until);
            findings.warning("", "holds until " + until, "");
        }
        return new Prepared(service.id(), config);
    }

    @Override
    public ClientLayer layer(ListenerView<Prepared> listener) {
        return connection -> connection.proceed();
    }

    @Override
    public boolean tellsServerName() {
        return true;
    }

    @Override
    public List<String> alpn(Prepared prepared) {
        return prepared.config().alpn();
    }

    @Override
    public Optional<Refusal> admit(Prepared prepared, ClientFacts client) {
        return "throws".equals(prepared.config().refuse()) ? Optional.of(List.<Refusal>of().get(0))
                : Optional.ofNullable(prepared.config().refuse())
                        .map(why -> new Refusal(CloseReason.CLIENT_CERTIFICATE_REFUSED, why));
    }
}
