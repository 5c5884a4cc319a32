package io.sluice.plugins.accessrules;

import io.sluice.spi.config.Description;
import io.sluice.spi.config.OneOrMany;
import java.util.List;

/**
 * Which client addresses may use a service.
 *
 * @param enableIpWhitelisting whether only {@code allowedIps} may
 * @param allowedIps           IP addresses and CIDR networks
 * @param enableIpBlacklisting whether {@code blacklistedIps} may not
 * @param blacklistedIps       IP addresses and CIDR networks
 */
@Description("Which client addresses may use the service")
public record AccessRulesConfig(
        @Description("Only the addresses in allowed_ips may use the service") boolean enableIpWhitelisting,
        @OneOrMany @Description("IP addresses and CIDR networks that may use the service") List<String> allowedIps,
        @Description("The addresses in blacklisted_ips may not use the service") boolean enableIpBlacklisting,
        @OneOrMany @Description("IP addresses and CIDR networks that may not use the service")
        List<String> blacklistedIps) {

    /** Absent lists are empty. */
    public AccessRulesConfig {
        allowedIps = allowedIps == null ? List.of() : List.copyOf(allowedIps);
        blacklistedIps = blacklistedIps == null ? List.of() : List.copyOf(blacklistedIps);
    }
}
