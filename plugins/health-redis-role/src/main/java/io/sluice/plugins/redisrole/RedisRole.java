package io.sluice.plugins.redisrole;

import io.sluice.plugins.redisrole.RedisRoleConfig.Role;
import io.sluice.spi.config.Findings;
import io.sluice.spi.health.HealthCommand;
import io.sluice.spi.health.PreparedCommand;
import io.sluice.spi.health.Step;

/** {@code { "name": "redis_role" }}: passes when a Redis server answers, and has the role that is wanted. */
public final class RedisRole implements HealthCommand<RedisRoleConfig> {

    @Override
    public String name() {
        return "redis_role";
    }

    @Override
    public Class<RedisRoleConfig> configType() {
        return RedisRoleConfig.class;
    }

    @Override
    public PreparedCommand prepare(RedisRoleConfig config, Findings findings) {
        if (config.username() != null && config.password() == null) {
            findings.error("username", "given without a password (expected: both, or a password alone)",
                    "add \"password\", or remove \"username\"");
        }
        if (config.password() != null && config.password().isEmpty()) {
            findings.error("password", "empty (expected: at least one character)",
                    "an empty string is a placeholder: fill it in, or remove it");
        }
        if (config.linkUp() && config.role() == Role.MASTER) {
            findings.error("link_up", "true for a master (expected: with role replica)",
                    "a master has no link to a master; remove it");
        }
        return new PreparedCommand() {
            @Override
            public Step begin() {
                return config.password() == null ? new RoleStep(config)
                        : new LoginStep(config, new RoleStep(config));
            }

            @Override
            public String expectation() {
                return config.role().word() + (config.linkUp() ? " with its link up" : "");
            }
        };
    }
}
