package io.sluice.kernel.store;

import io.sluice.kernel.json.JsonValue.JsonObject;
import io.sluice.kernel.plan.RawService;
import java.io.IOException;

/** Where definitions are kept. Used by the control thread only. */
public interface DefinitionStore {

    /**
     * Stores a definition.
     *
     * @param id         its id
     * @param stored     what is stored under that id, or {@code null}
     * @param definition the new one
     * @throws IOException if it cannot be stored; then what was stored before is still there
     */
    void put(String id, RawService stored, Text definition) throws IOException;

    /**
     * Removes a definition.
     *
     * @throws IOException if it cannot be removed; then it is still there
     */
    void delete(RawService stored) throws IOException;

    /** The name of the file that a new definition would come into, as shown to people. */
    String fileOf(String id);

    /**
     * A definition, and how it is written.
     *
     * @param json the definition
     * @param text the same as text, perhaps with comments
     */
    record Text(JsonObject json, String text) {
    }
}
