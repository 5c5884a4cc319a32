package io.sluice.plugins.smtpbanner;

import io.sluice.spi.config.Findings;
import io.sluice.spi.health.HealthCommand;
import io.sluice.spi.health.PeerText;
import io.sluice.spi.health.PreparedCommand;
import io.sluice.spi.health.Step;

/** {@code { "name": "smtp_banner" }}: passes when a mail server greets with 220, and takes leave of it. */
public final class SmtpBanner implements HealthCommand<SmtpBannerConfig> {

    @Override
    public String name() {
        return "smtp_banner";
    }

    @Override
    public Class<SmtpBannerConfig> configType() {
        return SmtpBannerConfig.class;
    }

    @Override
    public PreparedCommand prepare(SmtpBannerConfig config, Findings findings) {
        if (config.ehlo() != null && !config.ehlo().matches("[A-Za-z0-9.:\\[\\]-]{1,255}")) {
            findings.error("ehlo", PeerText.quoted(config.ehlo()) + " (expected: a host name or an address literal)",
                    "write for example \"probe.example.com\" or \"[10.0.0.1]\"");
        }
        if (config.extension() != null && config.ehlo() == null) {
            findings.error("extension", PeerText.quoted(config.extension()) + " without ehlo (expected: both)",
                    "extensions stand in the answer to EHLO: add \"ehlo\"");
        }
        return new PreparedCommand() {
            @Override
            public Step begin() {
                return new SmtpStep(config);
            }

            @Override
            public String expectation() {
                return "220" + (config.contains() == null ? "" : " " + config.contains())
                        + (config.extension() == null ? "" : ", then " + config.extension());
            }
        };
    }
}
