package io.sluice.testing.control;

import io.sluice.spi.control.CertificateControl;
import io.sluice.spi.control.ConnectionControl;
import io.sluice.spi.control.EventLog;
import io.sluice.spi.control.Explainer;
import io.sluice.spi.control.GatewayControl;
import io.sluice.spi.control.GatewayStatus;
import io.sluice.spi.control.ListenerStatus;
import io.sluice.spi.control.Metric;
import io.sluice.spi.control.Outcome;
import io.sluice.spi.control.PluginControl;
import io.sluice.spi.control.ServiceControl;
import io.sluice.spi.control.TargetControl;
import io.sluice.spi.json.Json;
import java.util.List;

/** A gateway that may be asked for nothing: a test overrides what it expects to be asked for. */
public abstract class UnaskedGateway implements GatewayControl {

    private static AssertionError unexpected(String what) {
        return new AssertionError("nobody was expected to ask for " + what);
    }

    @Override
    public GatewayStatus status() {
        throw unexpected("status");
    }

    @Override
    public ServiceControl services() {
        throw unexpected("services");
    }

    @Override
    public List<ListenerStatus> listeners() {
        throw unexpected("listeners");
    }

    @Override
    public TargetControl targets() {
        throw unexpected("targets");
    }

    @Override
    public ConnectionControl connections() {
        throw unexpected("connections");
    }

    @Override
    public CertificateControl certificates() {
        throw unexpected("certificates");
    }

    @Override
    public PluginControl plugins() {
        throw unexpected("plugins");
    }

    @Override
    public Explainer explainer() {
        throw unexpected("explainer");
    }

    @Override
    public EventLog events() {
        throw unexpected("events");
    }

    @Override
    public String schema() {
        throw unexpected("schema");
    }

    @Override
    public List<Metric> metrics() {
        throw unexpected("metrics");
    }

    @Override
    public Json json() {
        throw unexpected("json");
    }

    @Override
    public long reload() {
        throw unexpected("reload");
    }

    @Override
    public Outcome previewReload() {
        throw unexpected("previewReload");
    }
}
