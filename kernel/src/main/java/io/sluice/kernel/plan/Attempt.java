package io.sluice.kernel.plan;

import io.sluice.kernel.config.MaterialFolder;
import io.sluice.kernel.json.JsonValue;
import io.sluice.kernel.json.JsonValue.JsonArray;
import io.sluice.kernel.json.JsonValue.JsonObject;
import io.sluice.kernel.plugin.Offer;
import io.sluice.kernel.problem.Problem;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What came of a definition: a service, or the reasons why it is none. Kept beside a plan so that the next one need not
 * look again at a definition about which nothing has changed.
 *
 * @param raw         the definition
 * @param ingredients what else it was compiled with
 * @param files       the files that it refers to, each with a word for its contents
 * @param until       when it has to be looked at again, if ever
 * @param parked      whether it asks not to run
 * @param service     the service, if its own definition is in order
 * @param problems    what is wrong or doubtful about the definition
 */
record Attempt(RawService raw, Ingredients ingredients, Map<Path, String> files, Optional<Instant> until, boolean parked,
        Optional<CompiledService> service, List<Problem> problems) {

    /**
     * What all definitions are compiled with.
     *
     * @param defaults what services take from the settings
     * @param offers   the installed extensions
     */
    record Ingredients(ServiceKey.Defaults defaults, List<Offer<?>> offers) {
    }

    /** The same for a definition that may have moved within its file; empty if it has to be compiled. */
    Optional<Attempt> ifStillTrue(RawService now, Ingredients with, MaterialFolder folder, Instant time) {
        boolean same = raw.file().equals(now.file()) && raw.json().equals(now.json()) && ingredients.equals(with)
                && until.filter(moment -> !time.isBefore(moment)).isEmpty()
                && files.entrySet().stream().allMatch(file -> folder.state(file.getKey()).equals(file.getValue()));
        if (!same || !problems.isEmpty() && !samePlaces(raw.json(), now.json())) {
            return Optional.empty();
        }
        return Optional.of(new Attempt(now, ingredients, files, until, parked,
                service.map(compiled -> compiled.readFrom(now)), problems));
    }

    /** Whether two equal values stand in the same places. */
    private static boolean samePlaces(JsonValue one, JsonValue other) {
        if (!one.place().equals(other.place())) {
            return false;
        }
        if (one instanceof JsonObject object) {
            return object.members().entrySet().stream().allMatch(member -> {
                JsonValue.Member same = ((JsonObject) other).members().get(member.getKey());
                return member.getValue().keyPlace().equals(same.keyPlace())
                        && samePlaces(member.getValue().value(), same.value());
            });
        }
        if (one instanceof JsonArray array) {
            Iterator<JsonValue> others = ((JsonArray) other).elements().iterator();
            return array.elements().stream().allMatch(element -> samePlaces(element, others.next()));
        }
        return true;
    }
}
