package io.sluice.spi.control;

import io.sluice.spi.json.Json;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The running gateway, for those who operate it. Thread-safe; see the package for who may block.
 *
 * @since 1.0
 */
@ProviderType
public interface GatewayControl {

    /** Version, revision, totals and everything that is wrong. */
    GatewayStatus status();

    /** The services: their definitions, previews of changes, changes, history. */
    ServiceControl services();

    /** What is listened on. */
    List<ListenerStatus> listeners();

    /** The targets: their health, operator states, probes. */
    TargetControl targets();

    /** The live connections. */
    ConnectionControl connections();

    /** The certificates that the gateway knows. */
    CertificateControl certificates();

    /** The plugins. */
    PluginControl plugins();

    /** Why a client would be taken where it is taken, or refused. */
    Explainer explainer();

    /** What has happened. */
    EventLog events();

    /**
     * The schema of definitions, put together from the installed extensions: JSON Schema 2020-12 as JSON text. The same
     * string as long as the installed plugins are the same.
     */
    String schema();

    /** All counters and gauges of the kernel, with closed sets of labels. */
    List<Metric> metrics();

    /** Reads and writes JSON, the records of this package included. */
    Json json();

    /**
     * Reads settings, definitions and plugins again now instead of at the next look, and applies what differs.
     *
     * @return the revision in effect afterwards
     * @throws ControlRefused while the gateway drains
     */
    long reload() throws ControlRefused;

    /**
     * What {@link #reload} would change now, with the plugins that are loaded. Nothing is applied.
     *
     * @return the services that would be touched, and everything that would be wrong
     * @throws ControlRefused while the gateway drains
     */
    Outcome previewReload() throws ControlRefused;
}
