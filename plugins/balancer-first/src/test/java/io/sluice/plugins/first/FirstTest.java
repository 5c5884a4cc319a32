package io.sluice.plugins.first;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.spi.balancer.Balancer;
import io.sluice.spi.balancer.Target;
import io.sluice.spi.config.NoConfig;
import io.sluice.spi.connection.ServiceInfo;
import io.sluice.testing.balancing.BalancerContract;
import io.sluice.testing.balancing.FakeTarget;
import java.util.List;
import org.junit.jupiter.api.Test;

class FirstTest extends BalancerContract {

    private final Balancer balancer = new FirstFactory().create(new NoConfig(), new ServiceInfo("s", "s", "", "0.0.0.0", 1));

    @Override
    protected Balancer balancer() {
        return balancer;
    }

    @Test
    void takesTargetsInTheOrderOfTheListWhateverTheirWeights() {
        List<Target> targets = FakeTarget.weighted(1, 9, 5);
        balancer.targets(targets);
        Target a = targets.get(0);
        Target b = targets.get(1);

        assertThat(balancer.pick(FIRST_TRY, client(1))).isSameAs(a);
        assertThat(balancer.pick(FIRST_TRY, client(2))).isSameAs(a);
        assertThat(balancer.pick(target -> target == a, client(1))).isSameAs(b);
        assertThat(balancer.pick(target -> target == a || target == b, client(1))).isSameAs(targets.get(2));
    }
}
