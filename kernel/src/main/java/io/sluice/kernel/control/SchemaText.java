package io.sluice.kernel.control;

import io.sluice.kernel.json.JsonText;
import io.sluice.kernel.plugin.ExtensionCatalog;
import io.sluice.kernel.schema.DefinitionSchema;

/** The schema, made once for each set of plugins. */
final class SchemaText {

    private final Engine engine;
    private volatile Made made;

    private record Made(ExtensionCatalog catalog, String text) {
    }

    SchemaText(Engine engine) {
        this.engine = engine;
    }

    String text() {
        ExtensionCatalog catalog = engine.moment().catalog();
        Made now = made;
        if (now == null || now.catalog() != catalog) {
            now = new Made(catalog, JsonText.write(DefinitionSchema.of(catalog)));
            made = now;
        }
        return now.text();
    }
}
