package io.sluice.kernel.schema;

import io.sluice.kernel.config.Settings;
import io.sluice.kernel.plugin.ExtensionCatalog;
import io.sluice.spi.Extension;
import io.sluice.spi.admin.AdminResource;
import io.sluice.spi.admin.AdminServer;
import io.sluice.spi.config.ConfigField.Role;
import io.sluice.spi.config.ConfigField;
import io.sluice.spi.config.Configured;
import io.sluice.spi.observer.ConnectionObserverFactory;
import java.util.Map;
import java.util.function.Function;

/**
 * The schema of the settings file: the kernel's own settings and those of the installed plugins. Members that nobody
 * knows are allowed, as they are only warned about.
 */
public final class SettingsSchema {

    /** Objects that hold settings of several extensions, and so belong to none of them. */
    private static final Map<String, String> SHARED = Map.of(
            "http_server_options", "Defaults of TLS with clients, for all services.",
            "security", "What services have in common towards their targets.",
            "security.certificates", "Certificates that the gateway shows.",
            "plugin_settings", "Settings of plugins, by the plugin's name.");

    private SettingsSchema() {
    }

    /** Puts it together. */
    public static Map<String, Object> of(ExtensionCatalog catalog) {
        Map<String, Object> schema = SchemaTree.ofFile("Sluice settings", Settings.class);
        add(schema, catalog, ConnectionObserverFactory.class, ConnectionObserverFactory::settingsPath);
        add(schema, catalog, AdminResource.class, AdminResource::settingsPath);
        add(schema, catalog, AdminServer.class, AdminServer::settingsPath);
        DefinitionSchema.configured(catalog).forEach(offer -> fields(schema, offer.extension()));
        SHARED.forEach((path, words) -> SchemaTree.describe(schema, path, words));
        return SchemaTree.ordered(schema);
    }

    /** What stands in for a field that a definition does not give. */
    private static void fields(Map<String, Object> schema, Configured<?> extension) {
        for (ConfigField field : extension.fields()) {
            if (field.role() == Role.SETTING) {
                DefinitionSchema.component(extension.configType(), field).ifPresent(component ->
                        SchemaTree.add(schema, field.path(), RecordSchema.withEmptyDefault(component)));
            }
        }
    }

    private static <E extends Extension> void add(Map<String, Object> schema, ExtensionCatalog catalog, Class<E> kind,
            Function<E, String> path) {
        catalog.all(kind).forEach(offer -> SchemaTree.add(schema, path.apply(offer.extension()),
                RecordSchema.of(((Configured<?>) offer.extension()).configType())));
    }
}
