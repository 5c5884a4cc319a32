package io.sluice.kernel.plan;

import io.sluice.kernel.config.Bound;
import io.sluice.kernel.config.Definition;
import io.sluice.kernel.config.DefinitionBinder;
import io.sluice.kernel.config.MaterialReader;
import io.sluice.spi.config.ConfigField.Role;
import io.sluice.spi.config.ConfigField;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Compiles definitions, each only if something about it has changed since the plan before. */
final class Attempts {

    private static final Logger LOG = LoggerFactory.getLogger(Attempts.class);

    private final PlanInput input;
    private final Map<String, Attempt> before;
    private final Map<String, CompiledService> running;
    private final Map<String, Attempt> made = new HashMap<>();
    private final ServiceCompiler compiler;
    private final Attempt.Ingredients ingredients;
    private final List<ConfigField> fields;

    /**
     * @param before  the plan before, or {@code null}
     */
    Attempts(PlanInput input, PlanResult before) {
        this.input = input;
        this.before = before == null ? Map.of() : before.attempts();
        this.running = before == null ? Map.of() : before.running();
        this.compiler = new ServiceCompiler(input.catalog(), input.settings());
        this.ingredients = ofBefore(new Attempt.Ingredients(compiler.defaults(), Kinds.offers(input.catalog())));
        this.fields = Kinds.configured(input.catalog()).flatMap(offer -> offer.extension().fields().stream())
                .filter(field -> field.role() != Role.SETTING && field.role() != Role.PROBE_SWITCH).toList();
    }

    /** The very object of the plan before, if it says the same: then a thousand comparisons are cheap. */
    private Attempt.Ingredients ofBefore(Attempt.Ingredients now) {
        return before.values().stream().limit(1).map(Attempt::ingredients).filter(now::equals).findFirst().orElse(now);
    }

    /** What comes of a definition; a service that is made from the same as the one that runs is that one. */
    Attempt of(String id, RawService raw) {
        Attempt attempt = Optional.ofNullable(before.get(id))
                .flatMap(old -> old.ifStillTrue(raw, ingredients, input.materials(), input.now()))
                .orElseGet(() -> compile(id, raw));
        made.put(id, attempt);
        return attempt;
    }

    /** What would come of another definition, which is not the one that stands there now. */
    Attempt again(String id, RawService raw) {
        return compile(id, raw);
    }

    /** All of this plan, by id. */
    Map<String, Attempt> all() {
        return made;
    }

    /** A fault of our own in one definition must not stop the others. */
    private Attempt compile(String id, RawService raw) {
        ProblemList found = new ProblemList(id);
        MaterialReader files = new MaterialReader(input.materials(), input.settings().certificatesPath());
        boolean parked = false;
        Optional<PortWish> wish = Optional.empty();
        Optional<CompiledService> service = Optional.empty();
        try {
            Bound<Definition> bound = DefinitionBinder.bind(raw.json(), id, fields, found::add);
            parked = !bound.value().active();
            if (!parked) {
                wish = PortWish.of(bound.value(), input.settings(), input.catalog());
                service = compiler.compile(bound.value(), raw, files, found)
                        .filter(compiled -> bound.valid() && !found.hasErrors());
            }
        } catch (RuntimeException e) {
            LOG.error("{}: the definition of {} met a fault in the gateway", raw.file(), id, e);
            found.error("internal_fault", raw.json().place(), "the definition cannot be understood: " + e,
                    "this is a fault of the gateway: its log has the details");
        }
        return new Attempt(raw, ingredients, files.files(), found.holdsUntil(input.now()), parked, wish,
                service.map(made -> made.unlessRunning(running.get(id))), found.all());
    }
}
