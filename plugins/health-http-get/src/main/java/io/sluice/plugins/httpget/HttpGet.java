package io.sluice.plugins.httpget;

import io.sluice.spi.config.Findings;
import io.sluice.spi.health.HealthCommand;
import io.sluice.spi.health.PeerText;
import io.sluice.spi.health.PreparedCommand;
import io.sluice.spi.health.Step;

/** {@code { "name": "http_get", "path": "/health" }}: passes when the page comes with the right status and text. */
public final class HttpGet implements HealthCommand<HttpGetConfig> {

    @Override
    public String name() {
        return "http_get";
    }

    @Override
    public Class<HttpGetConfig> configType() {
        return HttpGetConfig.class;
    }

    @Override
    public PreparedCommand prepare(HttpGetConfig config, Findings findings) {
        if (!config.path().matches("/[!-~]{0,2047}")) {
            findings.error("path", PeerText.quoted(config.path())
                    + " (expected: a path that starts with /, without spaces)", "write other characters as %20");
        }
        if (!config.host().matches("[A-Za-z0-9._:\\[\\]-]{1,255}")) {
            findings.error("host", PeerText.quoted(config.host()) + " (expected: a host name, perhaps with a port)",
                    "write for example \"www.example.com\"");
        }
        if (config.contains() != null && config.contains().isEmpty()) {
            findings.error("contains", "\"\" (expected: at least one character)",
                    "an empty string is a placeholder: fill it in, or remove it");
        }
        return new PreparedCommand() {
            @Override
            public Step begin() {
                return new GetStep(config);
            }

            @Override
            public String expectation() {
                return "status " + config.status() + (config.contains() == null ? "" : ", body " + config.contains());
            }
        };
    }
}
