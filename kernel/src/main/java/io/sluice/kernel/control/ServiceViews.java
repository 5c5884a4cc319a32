package io.sluice.kernel.control;

import io.sluice.kernel.json.JsonValue.JsonString;
import io.sluice.kernel.json.PlainValues;
import io.sluice.kernel.plan.Plan;
import io.sluice.kernel.plan.RawService;
import io.sluice.kernel.problem.Problem;
import io.sluice.kernel.store.Masks;
import io.sluice.spi.control.ServiceStatus;
import io.sluice.spi.control.ServiceStatus.State;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Services as operators see them. */
final class ServiceViews {

    private ServiceViews() {
    }

    /**
     * @param live what is wrong with that which runs
     */
    static List<ServiceStatus> all(Engine.Moment moment, List<Problem> live) {
        Map<String, List<Problem>> problems = new HashMap<>();
        Stream.concat(moment.result().problems().stream(), live.stream()).forEach(problem ->
                problems.computeIfAbsent(problem.service(), id -> new ArrayList<>()).add(problem));
        return Standing.of(moment).stream()
                .map(raw -> of(raw, moment, problems.getOrDefault(raw.id(), List.of()))).toList();
    }

    /**
     * @param live what is wrong with that which runs
     */
    static Optional<ServiceStatus> find(Engine.Moment moment, List<Problem> live, String id) {
        return moment.stored(id).map(raw -> of(raw, moment, Stream.concat(moment.result().problems(id).stream(),
                live.stream().filter(problem -> problem.service().equals(id))).toList()));
    }

    @SuppressWarnings("unchecked")
    private static ServiceStatus of(RawService raw, Engine.Moment moment, List<Problem> own) {
        String id = raw.id();
        Plan plan = moment.result().plan();
        List<Problem> problems = new ArrayList<>(own);
        if (moment.broken().containsKey(raw.file())) {
            // what is wrong with a file of several is wrong with each of them
            moment.result().problems("").stream().filter(problem -> problem.place().file().equals(raw.file()))
                    .forEach(problems::add);
        }
        State state = plan.services().containsKey(id) ? State.ACTIVE
                : plan.idle().get(id) == Plan.Idle.PARKED ? State.PARKED : State.REFUSED;
        String name = raw.json().get("name") instanceof JsonString text ? text.text() : id;
        return new ServiceStatus(id, name, state, EntityTag.of(raw.json()), raw.file(),
                (Map<String, Object>) PlainValues.unexpanded(Masks.mask(raw.json())), Problems.of(problems));
    }
}
