package io.sluice.kernel.control;

import io.sluice.kernel.config.IpLiteral;
import io.sluice.kernel.session.Session;
import io.sluice.kernel.upstream.LiveTarget;
import io.sluice.spi.control.ConnectionControl.Filter;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Whether a filter lets a session through, asked of thousands: nothing is made for one. One that is being closed is as
 * good as gone. For one pass.
 */
final class FilteredSessions implements Predicate<Session> {

    private final Filter filter;
    private final Optional<InetAddress> client;
    private final Map<LiveTarget, Boolean> targets = new HashMap<>();

    FilteredSessions(Filter filter) {
        this.filter = filter;
        this.client = filter.client().flatMap(IpLiteral::parse);
    }

    @Override
    public boolean test(Session session) {
        return !session.isClosing()
                && (filter.id().isEmpty() || filter.id().get().equals(session.id()))
                && (filter.service().isEmpty() || filter.service().equals(session.serviceId()))
                && (filter.target().isEmpty() || session.target().filter(this::isMeant).isPresent())
                && (filter.client().isEmpty() || client.isPresent()
                        && session.facts().client().source().getAddress().equals(client.get()));
    }

    private boolean isMeant(LiveTarget target) {
        String name = filter.target().orElse("");
        return targets.computeIfAbsent(target,
                one -> one.id().equals(name) || one.address().toString().equals(name));
    }
}
