package io.sluice.kernel.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.kernel.plan.Fakes;
import io.sluice.spi.balancer.Balancer;
import io.sluice.spi.balancer.BalancerFactory;
import io.sluice.spi.config.ConfigField;
import io.sluice.spi.config.Default;
import io.sluice.spi.config.Description;
import io.sluice.spi.config.Example;
import io.sluice.spi.connection.ServiceInfo;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsSchemaTest {

    @Test
    void aSettingThatStandsInForAFieldIsDescribedLikeTheField() {
        Map<String, Object> schema = SettingsSchema.of(Fakes.catalog(new Careful()));

        Map<?, ?> security = at(schema, "security");
        assertThat(security.get("description")).isEqualTo("What services have in common towards their targets.");
        assertThat(at(security, "level")).isEqualTo(Map.of("type", "integer", "description", "How careful.", "default", 3L));
        assertThat(at(security, "names")).isEqualTo(Map.of("type", "array", "items", Map.of("type", "string"),
                "description", "Whom to trust.", "default", List.of(), "examples", List.of(List.of("a", "b"))));
        assertThat(at(at(security, "certificates"), "upstream")).isEqualTo(Map.of("type", "object",
                "additionalProperties", Map.of("type", "string"), "default", Map.of(), "examples", List.of(Map.of("*", "x"))));
        assertThat(at(security, "word")).isEqualTo(Map.of("type", "string", "examples", List.of("no JSON")));
    }

    @Test
    void whatNoPluginReadsIsNotThere() {
        Map<?, ?> properties = (Map<?, ?>) SettingsSchema.of(Fakes.catalog()).get("properties");

        assertThat(properties.containsKey("security")).isFalse();
        assertThat(properties.containsKey("http_server_options")).isFalse();
    }

    private static Map<?, ?> at(Map<?, ?> schema, String name) {
        return (Map<?, ?>) ((Map<?, ?>) schema.get("properties")).get(name);
    }

    private record Careful() implements BalancerFactory<Careful.Config> {

        record Config(@Default("3") @Description("How careful.") int level,
                @Example("[\"a\", \"b\"]") @Description("Whom to trust.") List<String> names,
                @Example("{ \"*\": \"x\" }") Map<String, String> certificates,
                @Example("no JSON") String word) {
        }

        @Override
        public String name() {
            return "careful";
        }

        @Override
        public Class<Config> configType() {
            return Config.class;
        }

        @Override
        public List<ConfigField> fields() {
            return List.of(ConfigField.setting("security.level", "level"), ConfigField.setting("security.names", "names"),
                    ConfigField.setting("security.certificates.upstream", "certificates"),
                    ConfigField.setting("security.word", "word"), ConfigField.value("proxy.level", "level"));
        }

        @Override
        public Balancer create(Config config, ServiceInfo service) {
            throw new AssertionError("never asked");
        }
    }
}
