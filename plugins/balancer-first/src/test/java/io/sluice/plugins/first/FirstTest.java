package io.sluice.plugins.first;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.spi.balancer.Balancer;
import io.sluice.spi.balancer.Target;
import io.sluice.spi.config.NoConfig;
import io.sluice.spi.connection.ServiceInfo;
import java.util.List;
import org.junit.jupiter.api.Test;

class FirstTest {

    private final Balancer balancer = new FirstFactory().create(new NoConfig(), new ServiceInfo("s", "s", "", "0.0.0.0", 1));

    @Test
    void answersNullWithoutTargets() {
        Contract.answersNullWithoutTargets(balancer);
    }

    @Test
    void neverRepeatsAnAttemptedTarget() {
        Contract.neverRepeatsAnAttemptedTarget(balancer, FakeTarget.weighted(1, 50, 3, 1, 1000));
    }

    @Test
    void previewsTheNextPickAndMovesNothing() {
        Contract.previewsTheNextPickAndMovesNothing(balancer, FakeTarget.weighted(1, 5, 3));
    }

    @Test
    void aPickAllocatesNothing() {
        Contract.allocatesNothing(balancer, FakeTarget.equal(20));
    }

    @Test
    void picksWhileTargetsChange() throws Exception {
        Contract.picksWhileTargetsChange(balancer, FakeTarget.equal(6));
    }

    @Test
    void takesTargetsInTheOrderOfTheListWhateverTheirWeights() {
        List<Target> targets = FakeTarget.weighted(1, 9, 5);
        balancer.targets(targets);
        Target a = targets.get(0);
        Target b = targets.get(1);

        assertThat(balancer.pick(Contract.FIRST_TRY, Contract.client(1))).isSameAs(a);
        assertThat(balancer.pick(Contract.FIRST_TRY, Contract.client(2))).isSameAs(a);
        assertThat(balancer.pick(target -> target == a, Contract.client(1))).isSameAs(b);
        assertThat(balancer.pick(target -> target == a || target == b, Contract.client(1))).isSameAs(targets.get(2));
    }
}
