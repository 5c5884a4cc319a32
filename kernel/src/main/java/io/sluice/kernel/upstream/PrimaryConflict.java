package io.sluice.kernel.upstream;

import io.sluice.kernel.problem.Place;
import io.sluice.kernel.problem.Problem;
import io.sluice.spi.connection.CloseReason;
import io.sluice.spi.connection.Refusal;
import io.sluice.spi.connection.ServiceInfo;
import java.util.Set;
import java.util.stream.Collectors;

/** Several targets claim to be the only one: what that means while it lasts. {@link Steering} thread only. */
final class PrimaryConflict {

    private static final String CODE = "several_primaries";

    private final Steering steering;
    private Set<LiveTarget> before = Set.of();

    PrimaryConflict(Steering steering) {
        this.steering = steering;
    }

    /** Looks at who claims now; the candidates are in effect already. */
    void of(ServiceInfo service, Candidates now) {
        Set<LiveTarget> claimants = now.claimants();
        boolean grown = !before.containsAll(claimants);
        before = claimants;
        if (claimants.isEmpty()) {
            steering.problems().clear(CODE, service.id(), "");
            return;
        }
        String names = claimants.stream().map(LiveTarget::id).sorted().collect(Collectors.joining(" and "));
        String taker = now.admitted().stream().map(LiveTarget::id).findFirst()
                .map(id -> "new connections go to " + id + ", whose promotion is the newest")
                .orElse("new connections are refused until one of them remains");
        Refusal why = new Refusal(CloseReason.TARGET_DOWN, "several primaries: " + names);
        steering.problems().raise(Problem.error(CODE, Place.NONE, names
                + " are healthy at the same time (expected: one, because single_primary is set)", taker)
                .of(service.id()), "");
        claimants.stream().filter(target -> grown || !now.admitted().contains(target))
                .forEach(target -> steering.connections().close(target, why));
    }
}
