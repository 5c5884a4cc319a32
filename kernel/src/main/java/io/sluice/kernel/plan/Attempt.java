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
 * @param wish        the port that it asks for, if that can be told
 * @param service     the service, if its own definition is in order
 * @param problems    what is wrong or doubtful about the definition
 */
record Attempt(RawService raw, Ingredients ingredients, Map<Path, String> files, Optional<Instant> until, boolean parked,
        Optional<PortWish> wish, Optional<CompiledService> service, List<Problem> problems) {

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
                && until.filter(moment -> !time.isBefore(moment)).isEmpty() && sameFiles(folder);
        if (!same || raw != now && !problems.isEmpty() && !samePlaces(raw.json(), now.json())) {
            return Optional.empty();
        }
        // of many definitions nearly all are the very objects of before
        return Optional.of(raw == now && ingredients == with ? this : new Attempt(now, with, files, until, parked, wish,
                service.map(compiled -> compiled.readFrom(now)), problems));
    }

    private boolean sameFiles(MaterialFolder folder) {
        for (Map.Entry<Path, String> file : files.entrySet()) {
            if (!folder.state(file.getKey()).equals(file.getValue())) {
                return false;
            }
        }
        return true;
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
