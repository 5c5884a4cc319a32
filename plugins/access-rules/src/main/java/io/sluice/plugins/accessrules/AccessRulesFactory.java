package io.sluice.plugins.accessrules;

import io.sluice.spi.access.AccessPolicy;
import io.sluice.spi.access.AccessPolicyFactory;
import io.sluice.spi.config.ConfigField;
import io.sluice.spi.config.Findings;
import io.sluice.spi.connection.ServiceInfo;
import java.util.List;

/**
 * {@code allowed_ips} and {@code blacklisted_ips}: who may use a service, by the presented address. The black list wins.
 */
public final class AccessRulesFactory implements AccessPolicyFactory<AccessRulesConfig> {

    private static final String ALLOWED = "allowed_ips";
    private static final String ALLOWING = "enable_ip_whitelisting";
    private static final String BLACKLISTED = "blacklisted_ips";
    private static final String BLACKLISTING = "enable_ip_blacklisting";

    @Override
    public String name() {
        return "access_rules";
    }

    @Override
    public Class<AccessRulesConfig> configType() {
        return AccessRulesConfig.class;
    }

    @Override
    public List<ConfigField> fields() {
        return List.of(
                ConfigField.switchedBy(ALLOWING),
                ConfigField.switchedBy(BLACKLISTING),
                ConfigField.value(ALLOWING, ALLOWING),
                ConfigField.value(ALLOWED, ALLOWED),
                ConfigField.value(BLACKLISTING, BLACKLISTING),
                ConfigField.value(BLACKLISTED, BLACKLISTED));
    }

    @Override
    public AccessPolicy create(AccessRulesConfig config, ServiceInfo service, Findings findings) {
        AddressSet allowed = null;
        AddressSet blacklisted = null;
        if (config.enableIpWhitelisting()) {
            allowed = AddressList.read(ALLOWED, config.allowedIps(), findings);
            if (config.allowedIps().isEmpty()) {
                findings.warning(ALLOWED, "empty (expected: at least one address, as " + ALLOWING + " is true)",
                        "nobody is admitted until an address is listed");
            }
        } else {
            warnIfIdle(ALLOWED, config.allowedIps(), ALLOWING, findings);
        }
        if (config.enableIpBlacklisting()) {
            blacklisted = AddressList.read(BLACKLISTED, config.blacklistedIps(), findings);
        } else {
            warnIfIdle(BLACKLISTED, config.blacklistedIps(), BLACKLISTING, findings);
        }
        return new AccessRules(allowed, blacklisted);
    }

    private static void warnIfIdle(String field, List<String> entries, String enabling, Findings findings) {
        if (!entries.isEmpty()) {
            findings.warning(field, "listed, but not in force (expected: " + enabling + ": true)",
                    "set " + enabling + " to true, or remove the list");
        }
    }
}
