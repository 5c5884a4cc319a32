package io.sluice.kernel.control;

import io.sluice.kernel.runtime.GatewayRuntime;
import io.sluice.spi.control.ListenerStatus;
import java.util.List;

/** What is listened on, as operators see it. */
final class Listeners {

    private Listeners() {
    }

    static List<ListenerStatus> of(GatewayRuntime runtime) {
        return runtime.listeners().stream().map(one -> new ListenerStatus(one.address().toString(), one.protocol(),
                one.services(), one.open() ? ListenerStatus.State.OPEN : ListenerStatus.State.FAILED,
                one.open() ? null : one.reason())).toList();
    }
}
