package io.sluice.plugins.adminhttp.api;

import java.util.Map;

/** What a body looks like. */
sealed interface Shape {

    /** A record of the gateway's. */
    record Of(Class<? extends Record> type) implements Shape {
    }

    /** A page of such records. */
    record PageOf(Class<? extends Record> type) implements Shape {
    }

    /** What a change has done, or would do. */
    record Done(String idType) implements Shape {
    }

    /** What a reload has done, or would do. */
    record Reloaded() implements Shape {
    }

    /** A definition, as the schema of definitions has it. */
    record Definition() implements Shape {
    }

    /** An object with these members, each with its JSON type. */
    record Members(Map<String, String> types) implements Shape {
    }

    /** Text of some type. */
    record Text(String contentType) implements Shape {
    }

    /** An object that is described elsewhere. */
    record Free(String contentType, String description) implements Shape {
    }

    /** The state of health, in Tyk's shape. */
    record Health() implements Shape {
    }
}
