package io.sluice.kernel.plan;

import io.sluice.kernel.config.IpLiteral;
import io.sluice.kernel.config.Settings;
import io.sluice.kernel.config.Settings.PortRule;
import java.util.Map;
import java.util.Optional;

/** Which ports services may have: those that the settings list, less those that the gateway itself listens on. */
final class AllowedPorts {

    private final Settings settings;
    private final Map<ListenAddress, String> reserved;

    /**
     * @param reserved what no service may take, and whose it is
     */
    AllowedPorts(Settings settings, Map<ListenAddress, String> reserved) {
        this.settings = settings;
        this.reserved = reserved;
    }

    boolean allow(PortWish wish) {
        return isListed(wish) && owner(wish).isEmpty();
    }

    /** Says why a port is refused. */
    void check(PortWish wish, RawService raw, ProblemList found) {
        if (!isListed(wish)) {
            found.errorAt(raw.json(), "listen_port", "port_not_allowed",
                    wish.protocol() + ":" + wish.port() + " is not allowed: add it to ports_whitelist." + wish.protocol()
                            + " in conf/sluice.json",
                    "or set \"disable_ports_whitelist\": true to allow any port");
        }
        owner(wish).ifPresent(owner -> found.errorAt(raw.json(), "listen_port", "conflict",
                "port " + wish.port() + " belongs to " + owner + " (expected: a port that is free)",
                "choose another port, or another address for " + owner));
    }

    private boolean isListed(PortWish wish) {
        PortRule rule = settings.portsWhitelist().get(wish.protocol());
        return settings.disablePortsWhitelist() || rule != null && rule.allows(wish.port());
    }

    private Optional<String> owner(PortWish wish) {
        // of a thousand services hardly one asks for such a port
        return wish.bind().isEmpty() ? Optional.empty() : reserved.entrySet().stream()
                .filter(entry -> entry.getKey().port() == wish.port())
                .filter(entry -> IpLiteral.parse(entry.getKey().host())
                        .filter(address -> Claim.overlaps(address, wish.bind().get())).isPresent())
                .map(Map.Entry::getValue).findFirst();
    }
}
