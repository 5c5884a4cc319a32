package io.sluice.kernel.control;

import io.sluice.spi.access.AccessDecision;
import io.sluice.spi.access.AccessPolicy;
import io.sluice.spi.access.AccessPolicyFactory;
import io.sluice.spi.config.ConfigField;
import io.sluice.spi.config.Findings;
import io.sluice.spi.connection.ServiceInfo;
import java.util.List;

/** Refuses the listed addresses. */
final class Shunned implements AccessPolicyFactory<Shunned.Config> {

    record Config(List<String> addresses) {
    }

    @Override
    public String name() {
        return "shunned";
    }

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public List<ConfigField> fields() {
        return List.of(ConfigField.config("shunned"));
    }

    @Override
    public AccessPolicy create(Config config, ServiceInfo service, Findings findings) {
        return client -> config.addresses().contains(client.client().source().getAddress().getHostAddress())
                ? new AccessDecision.Refused("it is shunned") : AccessDecision.ALLOW;
    }
}
