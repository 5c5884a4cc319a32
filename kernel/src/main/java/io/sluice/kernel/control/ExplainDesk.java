package io.sluice.kernel.control;

import io.sluice.spi.control.ControlRefused.Reason;
import io.sluice.spi.control.ControlRefused;
import io.sluice.spi.control.Explainer;
import io.sluice.spi.control.Explanation;
import io.sluice.spi.control.RefusedConnection;
import java.util.List;

/** Explains. */
final class ExplainDesk implements Explainer {

    private final Engine engine;

    ExplainDesk(Engine engine) {
        this.engine = engine;
    }

    @Override
    public Explanation explain(Question question) throws ControlRefused {
        throw new ControlRefused(Reason.UNAVAILABLE, "explanations are not there yet, at revision "
                + engine.moment().result().plan().revision());
    }

    @Override
    public List<RefusedConnection> refused() {
        return List.of();
    }
}
