package io.sluice.kernel.schema;

import io.sluice.kernel.config.Settings;
import io.sluice.kernel.plugin.ExtensionCatalog;
import io.sluice.spi.Extension;
import io.sluice.spi.admin.AdminResource;
import io.sluice.spi.admin.AdminServer;
import io.sluice.spi.config.Configured;
import io.sluice.spi.observer.ConnectionObserverFactory;
import java.util.Map;
import java.util.function.Function;

/**
 * The schema of the settings file: the kernel's own settings and those of the installed plugins. Members that nobody
 * knows are allowed, as they are only warned about.
 */
public final class SettingsSchema {

    private SettingsSchema() {
    }

    /** Puts it together. */
    public static Map<String, Object> of(ExtensionCatalog catalog) {
        Map<String, Object> schema = SchemaTree.ofFile("Sluice settings", Settings.class);
        add(schema, catalog, ConnectionObserverFactory.class, ConnectionObserverFactory::settingsPath);
        add(schema, catalog, AdminResource.class, AdminResource::settingsPath);
        add(schema, catalog, AdminServer.class, AdminServer::settingsPath);
        return SchemaTree.ordered(schema);
    }

    private static <E extends Extension> void add(Map<String, Object> schema, ExtensionCatalog catalog, Class<E> kind,
            Function<E, String> path) {
        catalog.all(kind).forEach(offer -> SchemaTree.add(schema, path.apply(offer.extension()),
                RecordSchema.of(((Configured<?>) offer.extension()).configType())));
    }
}
