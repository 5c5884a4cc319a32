package io.sluice.plugins.postgresrole;

import io.sluice.spi.config.Findings;
import io.sluice.spi.health.HealthCommand;
import io.sluice.spi.health.PeerText;
import io.sluice.spi.health.PreparedCommand;
import io.sluice.spi.health.Step;

/** {@code { "name": "postgres_role", "user": "probe" }}: passes when a PostgreSQL server has the role that is wanted. */
public final class PostgresRole implements HealthCommand<PostgresRoleConfig> {

    @Override
    public String name() {
        return "postgres_role";
    }

    @Override
    public Class<PostgresRoleConfig> configType() {
        return PostgresRoleConfig.class;
    }

    @Override
    public PreparedCommand prepare(PostgresRoleConfig config, Findings findings) {
        name("user", config.user(), findings);
        name("database", config.database(), findings);
        if (config.password() != null && (config.password().isEmpty() || config.password().indexOf('\0') >= 0)) {
            findings.error("password", config.password().isEmpty() ? "empty (expected: at least one character)"
                    : "it holds a NUL (expected: none)", "fill it in, or remove it");
        }
        Passwords passwords = config.password() == null ? null : new Passwords(config.user(), config.password());
        return new PreparedCommand() {
            @Override
            public Step begin() {
                return new RoleStep(config, new Login(passwords));
            }

            @Override
            public String expectation() {
                return config.role().word();
            }
        };
    }

    private static void name(String field, String value, Findings findings) {
        if (value.isEmpty() || value.length() > 255 || value.indexOf('\0') >= 0) {
            findings.error(field, PeerText.quoted(value) + " (expected: 1 to 255 characters, none of them NUL)",
                    "fill it in");
        }
    }
}
