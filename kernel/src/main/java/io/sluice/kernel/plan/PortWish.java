package io.sluice.kernel.plan;

import io.sluice.kernel.config.Definition;
import io.sluice.kernel.config.IpLiteral;
import io.sluice.kernel.config.Settings;
import io.sluice.kernel.plugin.ExtensionCatalog;
import java.net.InetAddress;
import java.util.Optional;

/**
 * The port that a definition asks for, known as soon as its port and protocol are, whatever else may be wrong with it.
 *
 * @param protocol the innermost layer's name; it is installed
 * @param bind     the listen address; empty where what is written is none
 * @param port     1 to 65535
 */
record PortWish(String protocol, Optional<InetAddress> bind, int port) {

    static Optional<PortWish> of(Definition definition, Settings settings, ExtensionCatalog catalog) {
        if (definition.listenPort() == 0 || definition.protocol() == null
                || catalog.find(Kinds.CLIENT, definition.protocol().name()).isEmpty()) {
            return Optional.empty();
        }
        String address = definition.listenAddress() == null || definition.listenAddress().isEmpty()
                ? settings.listenAddress() : definition.listenAddress();
        return Optional.of(new PortWish(definition.protocol().name(), IpLiteral.parse(address), definition.listenPort()));
    }

    static PortWish of(Claim claim) {
        return new PortWish(claim.protocol(), Optional.of(claim.bind()), claim.service().listenPort());
    }
}
