package io.sluice.kernel.store;

import io.sluice.kernel.json.JsonValue.JsonObject;
import io.sluice.kernel.plan.RawService;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Where definitions are kept. Used by the control thread only. */
public interface DefinitionStore {

    /**
     * Stores changes: all of them, or none.
     *
     * @return the files that were written or removed, as shown to people
     * @throws IOException if they cannot be stored; then what was stored before is still there
     */
    Set<String> store(List<Edit> edits) throws IOException;

    /** The name of the file that a new definition would come into, as shown to people. */
    String fileOf(String id);

    /**
     * A change of one definition.
     *
     * @param id     its id
     * @param stored what is stored under that id, if anything is
     * @param now    the new definition; empty to remove it
     * @param whole  whether its file cannot be understood, held nothing else, and is replaced as a whole
     */
    record Edit(String id, Optional<RawService> stored, Optional<Text> now, boolean whole) {

        /** One in a file that can be understood, or in none. */
        public Edit(String id, Optional<RawService> stored, Optional<Text> now) {
            this(id, stored, now, false);
        }
    }

    /**
     * A definition, and how it is written.
     *
     * @param json the definition
     * @param text the same as text, perhaps with comments
     */
    record Text(JsonObject json, String text) {
    }
}
