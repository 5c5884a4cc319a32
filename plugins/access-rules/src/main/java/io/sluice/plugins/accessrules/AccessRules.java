package io.sluice.plugins.accessrules;

import io.sluice.spi.access.AccessDecision;
import io.sluice.spi.access.AccessPolicy;
import io.sluice.spi.connection.ClientFacts;
import java.net.InetAddress;

/** The rules of one service. Both answers that refuse are made once: a flood of refusals costs nothing but look-ups. */
final class AccessRules implements AccessPolicy {

    private static final AccessDecision NOT_ALLOWED = AccessDecision.refuse("the address is not in allowed_ips");
    private static final AccessDecision BLACKLISTED = AccessDecision.refuse("the address is in blacklisted_ips");

    private final AddressSet allowed;
    private final AddressSet blacklisted;

    /**
     * The rules.
     *
     * @param allowed     the only addresses that may; {@code null} for any
     * @param blacklisted the addresses that may not; {@code null} for none
     */
    AccessRules(AddressSet allowed, AddressSet blacklisted) {
        this.allowed = allowed;
        this.blacklisted = blacklisted;
    }

    @Override
    public AccessDecision decide(ClientFacts client) {
        InetAddress source = client.client().source().getAddress();
        if (blacklisted != null && blacklisted.contains(source)) {
            return BLACKLISTED;
        }
        if (allowed != null && !allowed.contains(source)) {
            return NOT_ALLOWED;
        }
        return AccessDecision.ALLOW;
    }
}
