package io.sluice.plugins.mysqlping;

import io.sluice.spi.config.Findings;
import io.sluice.spi.health.HealthCommand;
import io.sluice.spi.health.PeerText;
import io.sluice.spi.health.PreparedCommand;
import io.sluice.spi.health.Step;

/** {@code { "name": "mysql_ping", "user": "probe" }}: passes when the server greets, lets in and answers a ping. */
public final class MysqlPing implements HealthCommand<MysqlPingConfig> {

    @Override
    public String name() {
        return "mysql_ping";
    }

    @Override
    public Class<MysqlPingConfig> configType() {
        return MysqlPingConfig.class;
    }

    @Override
    public PreparedCommand prepare(MysqlPingConfig config, Findings findings) {
        if (config.user() != null && !config.user().matches("[!-~]{1,80}")) {
            findings.error("user", PeerText.quoted(config.user())
                    + " (expected: 1 to 80 printable ASCII characters)", "write the account's name without its host");
        }
        return new PreparedCommand() {
            @Override
            public Step begin() {
                return new PingStep(config);
            }

            @Override
            public String expectation() {
                return "a greeting" + (config.version() == null ? "" : " of " + config.version())
                        + (config.user() == null ? "" : ", a login and a ping");
            }
        };
    }
}
