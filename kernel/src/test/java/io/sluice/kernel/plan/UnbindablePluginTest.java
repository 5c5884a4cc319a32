package io.sluice.kernel.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.spi.access.AccessPolicy;
import io.sluice.spi.access.AccessPolicyFactory;
import io.sluice.spi.config.ConfigField;
import io.sluice.spi.config.Findings;
import io.sluice.spi.connection.ServiceInfo;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A plugin whose record has a component that nothing can be bound to. */
class UnbindablePluginTest extends PlannedFiles {

    @Test
    void itIsTheOneToBlame() {
        catalog = Fakes.catalog(new Fakes.Plain("plain", false), new Fakes.PlainUpstream(), new Fakes.FirstBalancer(), new Unbindable());
        files.put("a.json", service("a", 7001, target() + ", \"unbindable\": { \"thread\": 1 }"));
        files.put("b.json", service("b", 7002, target()));
        Plan plan = plan();
        assertThat(plan.services()).containsOnlyKeys("b");
        assertThat(plan.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("plugin_failed");
            assertThat(problem.message()).startsWith("unbindable of plugin fakes cannot be configured: ");
        });
    }

    private static final class Unbindable implements AccessPolicyFactory<Unbindable.Config> {

        record Config(Thread thread) {
        }

        @Override
        public String name() {
            return "unbindable";
        }

        @Override
        public Class<Config> configType() {
            return Config.class;
        }

        @Override
        public List<ConfigField> fields() {
            return List.of(ConfigField.config("unbindable"));
        }

        @Override
        public AccessPolicy create(Config config, ServiceInfo service, Findings findings) {
            throw new AssertionError("never asked");
        }
    }
}
