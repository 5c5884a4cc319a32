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
import io.sluice.spi.config.Configured;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The extensions of a kind of which every installed one is active, configured by the settings: each is started again when
 * its plugin or its settings change. One that cannot be started leaves the one before in place. Used by the control
 * thread only.
 *
 * @param <E> the kind
 * @param <R> what runs when one was started
 */
final class ActiveExtensions<E extends Configured<Record>, R> {

    private static final Logger LOG = LoggerFactory.getLogger(ActiveExtensions.class);

    private final Kind<E, R> kind;
    private final Map<String, Running<E, R>> running = new LinkedHashMap<>();
    private final List<Running<E, R>> retired = new ArrayList<>();
    private final Map<String, Failed> failed = new HashMap<>();

    /**
     * What the kind needs.
     *
     * @param type         its interface
     * @param settingsPath where its record stands in the settings
     * @param check        looks whether one could be started
     * @param start        starts one
     * @param stop         ends what runs
     * @param handover     which of two goes first
     */
    record Kind<E extends Configured<Record>, R>(Class<E> type, Function<E, String> settingsPath, BiConsumer<E, Record> check,
            Start<E, R> start, Consumer<R> stop, Handover handover) {

        /** A kind that nobody can look at beforehand. */
        Kind(Class<E> type, Function<E, String> settingsPath, Start<E, R> start, Consumer<R> stop, Handover handover) {
            this(type, settingsPath, (extension, config) -> { }, start, stop, handover);
        }
    }

    /** Starts one; an exception means that it cannot be. */
    @FunctionalInterface
    interface Start<E extends Configured<Record>, R> {

        R start(Offer<E> offer, Record config) throws Exception;
    }

    /** Which of two goes first when one replaces the other. */
    enum Handover {
        /** Both may be there for a moment. */
        NEW_FIRST,
        /** The old one has what the new one needs; it comes back if the new one fails. */
        OLD_FIRST
    }

    private record Running<E extends Configured<Record>, R>(Offer<E> offer, Record config, R started) {
    }

    /** What was tried in vain, so that it is not tried at every plan. */
    private record Failed(Generation generation, Record config, Problem problem) {
    }

    ActiveExtensions(Kind<E, R> kind) {
        this.kind = kind;
    }

    /** Validates their settings, and looks whether each could be started, without starting any. */
    static <E extends Configured<Record>, R> List<Problem> check(Kind<E, R> kind, ExtensionCatalog catalog,
            Settings settings) {
        List<Problem> problems = new ArrayList<>();
        ActiveExtensions<E, R> none = new ActiveExtensions<>(kind);
        for (Offer<E> offer : catalog.all(kind.type())) {
            Bound<? extends Record> config = none.bind(offer, settings, problems);
            if (config.valid()) {
                none.check(offer, config.value(), settings, problems);
            }
        }
        return problems;
    }

    private void check(Offer<E> offer, Record config, Settings settings, List<Problem> problems) {
        try {
            kind.check().accept(offer.extension(), config);
        } catch (Throwable e) {
            problems.add(problem(offer, e, settings, false));
        }
    }

    /**
     * Starts what is new or changed. What it replaces may go on until {@link #stopRetired}.
     *
     * @return what is wrong
     */
    List<Problem> update(ExtensionCatalog catalog, Settings settings) {
        List<Problem> problems = new ArrayList<>();
        List<String> wanted = new ArrayList<>();
        for (Offer<E> offer : catalog.all(kind.type())) {
            wanted.add(offer.name());
            Bound<? extends Record> config = bind(offer, settings, problems);
            Running<E, R> old = running.get(offer.name());
            if (config.valid() && (old == null || old.offer().generation() != offer.generation()
                    || !old.config().equals(config.value()))) {
                replace(offer, config.value(), settings, problems);
            } else if (!config.valid() && old != null && old.offer().generation() != offer.generation()) {
                problems.add(misfit(offer, old));
            }
        }
        failed.keySet().retainAll(wanted);
        running.keySet().stream().filter(name -> !wanted.contains(name)).toList()
                .forEach(name -> retired.add(running.remove(name)));
        return problems;
    }

    /** What runs now. */
    List<R> active() {
        return running.values().stream().map(Running::started).toList();
    }

    /** Ends what {@link #update} replaced; call when nobody uses it any more. */
    void stopRetired() {
        retired.forEach(this::stop);
        retired.clear();
    }

    /** Ends all of them. */
    void close() {
        retired.addAll(running.values());
        running.clear();
        stopRetired();
    }

    private void replace(Offer<E> offer, Record config, Settings settings, List<Problem> problems) {
        Running<E, R> old = running.get(offer.name());
        Failed before = failed.get(offer.name());
        if (before != null && before.generation() == offer.generation() && before.config().equals(config)) {
            problems.add(before.problem());
            return;
        }
        failed.remove(offer.name());
        boolean oldFirst = old != null && kind.handover() == Handover.OLD_FIRST;
        if (oldFirst) {
            // held until the new one runs: it may have to come back
            old.offer().generation().retain();
            stop(running.remove(offer.name()));
        }
        try {
            running.put(offer.name(), start(offer, config));
            if (old != null && !oldFirst) {
                retired.add(old);
            }
        } catch (Throwable e) {
            Problem problem = problem(offer, e, settings, old != null);
            if (!(e instanceof UncheckedIOException) || oldFirst) {
                // a file or an address may be there the next time
                failed.put(offer.name(), new Failed(offer.generation(), config, problem));
            }
            problems.add(problem);
            if (oldFirst) {
                comeBack(old, problems);
            }
        } finally {
            if (oldFirst) {
                old.offer().generation().release();
            }
        }
    }

    private void comeBack(Running<E, R> old, List<Problem> problems) {
        try {
            running.put(old.offer().name(), start(old.offer(), old.config()));
        } catch (Throwable e) {
            problems.add(failure(old.offer(), e, false));
        }
    }

    private Running<E, R> start(Offer<E> offer, Record config) throws Exception {
        offer.generation().retain();
        try {
            return new Running<>(offer, config,
                    Objects.requireNonNull(kind.start().start(offer, config), "it answered null"));
        } catch (Throwable e) {
            offer.generation().release();
            throw e;
        }
    }

    private void stop(Running<E, R> one) {
        try {
            kind.stop().accept(one.started());
        } catch (Throwable e) {
            LOG.warn("{} of plugin {} failed to close", one.offer().name(), one.offer().generation().plugin(), e);
        } finally {
            one.offer().generation().release();
        }
    }

    private Problem misfit(Offer<E> offer, Running<E, R> old) {
        return Problem.error("plugin_does_not_fit", Place.NONE, "the settings do not fit " + described(offer) + " in "
                + offer.generation().file() + ": " + offer.name() + " goes on with " + described(old.offer()),
                "put the earlier jar back instead of " + offer.generation().file()
                        + ", or change the settings as the other problems say");
    }

    private static String described(Offer<?> offer) {
        Generation generation = offer.generation();
        return generation.plugin() + " " + generation.version() + " (generation " + generation.number() + ")";
    }

    private Problem problem(Offer<E> offer, Throwable error, Settings settings, boolean goesOn) {
        return error instanceof UncheckedIOException io ? unavailable(offer, io, settings, goesOn) : failure(offer, error, goesOn);
    }

    /** What a plugin needs outside of the gateway, and says so: at the field that it names, or at its settings. */
    private Problem unavailable(Offer<E> offer, UncheckedIOException error, Settings settings, boolean goesOn) {
        String said = String.valueOf(error.getMessage());
        JsonValue at = at(settings, kind.settingsPath().apply(offer.extension()));
        int colon = said.indexOf(": ");
        JsonValue named = colon < 0 ? null : at(settings, said.substring(0, colon));
        Place place = named != null ? named.place() : at != null ? at.place() : settings.source().place();
        return Problem.error("plugin_failed", place, said, "make it possible, or change the setting; until then "
                + (goesOn ? "the one before goes on" : "the gateway goes on without " + offer.name()));
    }

    private static JsonValue at(Settings settings, String path) {
        JsonValue value = settings.source();
        for (String step : path.split("\\.")) {
            value = value instanceof JsonObject object ? object.get(step) : null;
        }
        return value;
    }

    private static Problem failure(Offer<?> offer, Throwable error, boolean goesOn) {
        LOG.debug("{} of plugin {} failed", offer.name(), offer.generation().plugin(), error);
        return Problem.error("plugin_failed", Place.NONE, offer.name() + " of plugin " + offer.generation().plugin()
                + " failed: " + error, "put a jar that works in the place of " + offer.generation().file() + "; until then "
                + (goesOn ? "the one before goes on" : "the gateway goes on without it"));
    }

    private Bound<? extends Record> bind(Offer<E> offer, Settings settings, List<Problem> problems) {
        try {
            JsonValue value = at(settings, kind.settingsPath().apply(offer.extension()));
            JsonValue origin = value != null ? value : new JsonObject(settings.source().place(), Map.of());
            return RecordBinder.bind(origin, offer.extension().configType(), kind.settingsPath().apply(offer.extension()), problems::add);
        } catch (Throwable e) {
            problems.add(failure(offer, e, false));
            return new Bound<>(null, false);
        }
    }
}
