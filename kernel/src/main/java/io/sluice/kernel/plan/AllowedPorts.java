package io.sluice.kernel.plan;

import io.sluice.kernel.config.IpLiteral;
import io.sluice.kernel.config.NearestName;
import io.sluice.kernel.config.Settings;
import io.sluice.kernel.config.Settings.PortRule;
import io.sluice.kernel.json.JsonValue.JsonObject;
import io.sluice.kernel.plugin.ExtensionCatalog;
import io.sluice.kernel.plugin.Offer;
import io.sluice.kernel.problem.Problem;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Which ports services may have: those that the settings list, less those that the gateway itself listens on. */
final class AllowedPorts {

    /** What Tyk's settings may name. */
    private static final Set<String> OF_TYK = Set.of("http", "https", "tcp", "tls");

    private final Settings settings;
    private final Map<ListenAddress, String> reserved;

    /**
     * @param reserved what no service may take, and whose it is
     */
    AllowedPorts(Settings settings, Map<ListenAddress, String> reserved) {
        this.settings = settings;
        this.reserved = reserved;
    }

    /** Warns about protocols that nobody speaks: their ports are not those that were meant. */
    void checkNames(ExtensionCatalog catalog, Consumer<Problem> problems) {
        Set<String> known = new TreeSet<>(OF_TYK);
        catalog.all(Kinds.CLIENT).stream().filter(offer -> offer.extension().canEndStack()).map(Offer::name).forEach(known::add);
        if (settings.source().get("ports_whitelist") instanceof JsonObject written) {
            written.members().forEach((name, member) -> {
                if (!known.contains(name)) {
                    problems.accept(Problem.warning("unknown_field", member.keyPlace(), "unknown field \"ports_whitelist." + name
                            + "\" (expected: a protocol, one of " + String.join(", ", known) + ")", NearestName.hint(name, known,
                            name.equals("ranges") || name.equals("ports") ? "put it under its protocol: { \"tcp\": { \"" + name
                                    + "\": … } }" : "remove it, or put the plugin of that protocol into plugins/")));
                }
            });
        }
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
