package io.sluice.kernel.plan;

import io.sluice.kernel.plugin.ExtensionCatalog;
import io.sluice.kernel.plugin.Generation;
import io.sluice.kernel.plugin.Offer;
import io.sluice.kernel.problem.Problem;
import io.sluice.spi.Extension;
import io.sluice.spi.access.AccessDecision;
import io.sluice.spi.access.AccessPolicy;
import io.sluice.spi.access.AccessPolicyFactory;
import io.sluice.spi.balancer.Balancer;
import io.sluice.spi.balancer.BalancerFactory;
import io.sluice.spi.balancer.Target;
import io.sluice.spi.config.ConfigField;
import io.sluice.spi.config.Findings;
import io.sluice.spi.config.NoConfig;
import io.sluice.spi.config.OneOrMany;
import io.sluice.spi.config.Shorthand;
import io.sluice.spi.connection.ClientFacts;
import io.sluice.spi.connection.ServiceInfo;
import io.sluice.spi.health.HealthCommand;
import io.sluice.spi.health.PreparedCommand;
import io.sluice.spi.protocol.AddressTrust;
import io.sluice.spi.protocol.ClientLayer;
import io.sluice.spi.protocol.ClientProtocol;
import io.sluice.spi.protocol.ListenerView;
import io.sluice.spi.protocol.UpstreamLayer;
import io.sluice.spi.protocol.UpstreamProtocol;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Extensions that do nothing, in the shapes that the planner meets. */
public final class Fakes {

    private Fakes() {
    }

    /** A catalog of one generation. */
    public static ExtensionCatalog catalog(Extension... extensions) {
        return catalog(new FakeGeneration("fakes", 1), extensions);
    }

    public static ExtensionCatalog catalog(Generation generation, Extension... extensions) {
        return new FakeCatalog(List.of(extensions), generation);
    }

    /** {@code plain}, {@code named} (knows server names), {@code stamp} (presents addresses), and what they need. */
    public static ExtensionCatalog usual() {
        return catalog(new Plain("plain", false), new Plain("named", true), new Stamp(), new PlainUpstream(),
                new Rules(), new FirstBalancer(), new Say());
    }

    /** Two with the same number are the same. */
    public record FakeGeneration(String plugin, long number) implements Generation {
        @Override
        public String version() {
            return "1";
        }

        @Override
        public String file() {
            return plugin + ".jar";
        }

        @Override
        public void retain() {
        }

        @Override
        public void release() {
        }
    }

    private record FakeCatalog(List<Extension> extensions, Generation generation) implements ExtensionCatalog {
        @Override
        public <E extends Extension> Optional<Offer<E>> find(Class<E> kind, String name) {
            return all(kind).stream().filter(offer -> offer.name().equals(name)).findFirst();
        }

        @Override
        public <E extends Extension> Optional<Offer<E>> byDefault(Class<E> kind) {
            return all(kind).stream().filter(offer -> offer.extension().isDefault()).findFirst();
        }

        @Override
        public <E extends Extension> List<Offer<E>> all(Class<E> kind) {
            return extensions.stream().filter(kind::isInstance).map(kind::cast)
                    .map(e -> new Offer<>(e.name(), e, generation))
                    .sorted(Comparator.comparing(Offer::name)).toList();
        }

        @Override
        public List<Problem> problems() {
            return List.of();
        }
    }

    /** A client protocol that ends a stack. */
    public record Plain(String name, boolean tellsServerName) implements ClientProtocol<NoConfig, String> {
        @Override
        public Class<NoConfig> configType() {
            return NoConfig.class;
        }

        @Override
        public String prepare(NoConfig config, ServiceInfo service, Findings findings) {
            return service.id();
        }

        @Override
        public ClientLayer layer(ListenerView<String> listener) {
            return connection -> connection.proceed();
        }
    }

    /** A layer that is switched on by a field, acts before the service is known, and presents addresses. */
    record Stamp() implements ClientProtocol<Stamp.Config, String> {
        record Config(List<String> trusted, String mode) {
        }

        @Override
        public String name() {
            return "stamp";
        }

        @Override
        public Class<Config> configType() {
            return Config.class;
        }

        @Override
        public List<ConfigField> fields() {
            return List.of(ConfigField.switchedBy("enable_stamp"), ConfigField.config("stamp"));
        }

        @Override
        public String prepare(Config config, ServiceInfo service, Findings findings) {
            if ("broken".equals(config.mode())) {
                findings.error("mode", "mode: \"broken\" (expected: not that)", "use another");
            }
            if ("throws".equals(config.mode())) {
                throw new IllegalStateException("as asked");
            }
            return "";
        }

        @Override
        public ClientLayer layer(ListenerView<String> listener) {
            return connection -> connection.proceed();
        }

        @Override
        public boolean sharedByListener() {
            return true;
        }

        @Override
        public boolean canEndStack() {
            return false;
        }

        @Override
        public AddressTrust addressTrust(Config config) {
            return config.trusted().isEmpty() ? AddressTrust.ANY_SENDER : AddressTrust.LISTED_SENDERS;
        }
    }

    /** The upstream side. */
    public record PlainUpstream() implements UpstreamProtocol<NoConfig> {
        @Override
        public String name() {
            return "tcp";
        }

        @Override
        public boolean isDefault() {
            return true;
        }

        @Override
        public Class<NoConfig> configType() {
            return NoConfig.class;
        }

        @Override
        public UpstreamLayer layer(NoConfig config, ServiceInfo service, Findings findings) {
            return connection -> connection.proceed();
        }
    }

    /** An access policy that decides by address. */
    record Rules() implements AccessPolicyFactory<Rules.Config> {
        record Config(@OneOrMany List<String> only) {
        }

        @Override
        public String name() {
            return "rules";
        }

        @Override
        public Class<Config> configType() {
            return Config.class;
        }

        @Override
        public List<ConfigField> fields() {
            return List.of(ConfigField.switchedBy("enable_rules"), ConfigField.value("only_ips", "only"));
        }

        @Override
        public AccessPolicy create(Config config, ServiceInfo service, Findings findings) {
            return client -> AccessDecision.ALLOW;
        }
    }

    /** A balancer for services that name none. */
    public interface DefaultBalancer extends BalancerFactory<NoConfig> {
        @Override
        default boolean isDefault() {
            return true;
        }

        @Override
        default Class<NoConfig> configType() {
            return NoConfig.class;
        }
    }

    /** Picks the first that was not attempted. */
    public static class First implements Balancer {
        private volatile List<Target> targets = List.of();

        @Override
        public void targets(List<Target> candidates) {
            targets = candidates;
        }

        @Override
        public Target pick(Predicate<Target> attempted, ClientFacts client) {
            return targets.stream().filter(attempted.negate()).findFirst().orElse(null);
        }

        @Override
        public Target preview(ClientFacts client) {
            return targets.isEmpty() ? null : targets.get(0);
        }
    }

    /** The usual default. */
    public record FirstBalancer() implements DefaultBalancer {
        @Override
        public String name() {
            return "always_first";
        }

        @Override
        public Balancer create(NoConfig config, ServiceInfo service) {
            return new First();
        }
    }

    /** A health command. */
    record Say() implements HealthCommand<Say.Config> {
        record Config(@Shorthand String words) {
        }

        @Override
        public String name() {
            return "say";
        }

        @Override
        public Class<Config> configType() {
            return Config.class;
        }

        @Override
        public PreparedCommand prepare(Config config, Findings findings) {
            return () -> (unread, cause) -> io.sluice.spi.health.StepResult.PASSED;
        }
    }
}
