package io.sluice.kernel.gateway;

import io.sluice.kernel.config.Bound;
import io.sluice.kernel.config.RecordBinder;
import io.sluice.kernel.config.Settings;
import io.sluice.kernel.json.JsonValue.JsonObject;
import io.sluice.kernel.json.JsonValue;
import io.sluice.kernel.plugin.ExtensionCatalog;
import io.sluice.kernel.plugin.Generation;
import io.sluice.kernel.plugin.Offer;
import io.sluice.kernel.problem.Place;
import io.sluice.kernel.problem.Problem;
import io.sluice.spi.observer.ConnectionObserver;
import io.sluice.spi.observer.ConnectionObserverFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connection observers that are installed, each made again when its plugin or its settings change. One that cannot
 * be made leaves the one before in place. Used by the control thread only.
 */
final class ObserverSet {

    private static final Logger LOG = LoggerFactory.getLogger(ObserverSet.class);

    @SuppressWarnings("unchecked")
    private static final Class<ConnectionObserverFactory<Record>> KIND =
            (Class<ConnectionObserverFactory<Record>>) (Class<?>) ConnectionObserverFactory.class;

    private final Map<String, Running> running = new LinkedHashMap<>();
    private final List<Running> retired = new ArrayList<>();

    private record Running(Generation generation, Record config, ConnectionObserver observer) {

        void close() {
            try {
                observer.close();
            } catch (Throwable e) {
                LOG.warn("an observer of plugin {} failed to close", generation.plugin(), e);
            } finally {
                generation.release();
            }
        }
    }

    /** Validates the observers' settings without making any. */
    static List<Problem> check(ExtensionCatalog catalog, Settings settings) {
        List<Problem> problems = new ArrayList<>();
        catalog.all(KIND).forEach(offer -> bind(offer, settings, problems));
        return problems;
    }

    /**
     * Makes what is new or changed. What it replaces goes on until {@link #closeRetired}.
     *
     * @return what is wrong with their settings
     */
    List<Problem> update(ExtensionCatalog catalog, Settings settings) {
        List<Problem> problems = new ArrayList<>();
        List<String> wanted = new ArrayList<>();
        for (Offer<ConnectionObserverFactory<Record>> offer : catalog.all(KIND)) {
            wanted.add(offer.name());
            Bound<? extends Record> config = bind(offer, settings, problems);
            Running old = running.get(offer.name());
            if (config.valid() && (old == null || old.generation() != offer.generation()
                    || !old.config().equals(config.value()))) {
                make(offer, config.value(), problems);
            }
        }
        running.keySet().stream().filter(name -> !wanted.contains(name)).toList()
                .forEach(name -> retired.add(running.remove(name)));
        return problems;
    }

    /** The observers from now on. */
    List<ConnectionObserver> observers() {
        return running.values().stream().map(Running::observer).toList();
    }

    /** Closes what {@link #update} replaced; call when no event can reach it any more. */
    void closeRetired() {
        retired.forEach(Running::close);
        retired.clear();
    }

    /** Closes all of them. */
    void close() {
        retired.addAll(running.values());
        running.clear();
        closeRetired();
    }

    private void make(Offer<ConnectionObserverFactory<Record>> offer, Record config, List<Problem> problems) {
        offer.generation().retain();
        try {
            ConnectionObserver observer = Objects.requireNonNull(offer.extension().create(config), "create() answered null");
            Running old = running.put(offer.name(), new Running(offer.generation(), config, observer));
            if (old != null) {
                retired.add(old);
            }
        } catch (Throwable e) {
            offer.generation().release();
            problems.add(failed(offer, e));
        }
    }

    private static Problem failed(Offer<?> offer, Throwable error) {
        return Problem.error("plugin_failed", Place.NONE, offer.name() + " of plugin " + offer.generation().plugin()
                + " failed: " + error, "the gateway goes on without it");
    }

    private static Bound<? extends Record> bind(Offer<ConnectionObserverFactory<Record>> offer, Settings settings,
            List<Problem> problems) {
        JsonValue value = settings.source();
        for (String step : offer.extension().settingsPath().split("\\.")) {
            value = value instanceof JsonObject object ? object.get(step) : null;
        }
        JsonValue origin = value != null ? value : new JsonObject(settings.source().place(), Map.of());
        try {
            Class<? extends Record> type = offer.extension().configType();
            return RecordBinder.bind(origin, type, problems::add);
        } catch (Throwable e) {
            problems.add(failed(offer, e));
            return new Bound<>(null, false);
        }
    }
}
