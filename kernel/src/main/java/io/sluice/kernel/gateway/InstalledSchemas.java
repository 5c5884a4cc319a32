package io.sluice.kernel.gateway;

import io.sluice.kernel.json.JsonText;
import io.sluice.kernel.schema.DefinitionSchema;
import io.sluice.kernel.schema.SettingsSchema;
import java.io.IOException;

/** The schemas of what people write into {@code conf/}, put together from the plugins that are installed. */
public final class InstalledSchemas {

    private InstalledSchemas() {
    }

    /** Of one definition, as lines. */
    public static String definition(Folders folders) throws IOException {
        try (InstalledPlugins plugins = InstalledPlugins.of(folders)) {
            return JsonText.pretty(DefinitionSchema.of(plugins.catalog()));
        }
    }

    /** Of the settings, as lines. */
    public static String settings(Folders folders) throws IOException {
        try (InstalledPlugins plugins = InstalledPlugins.of(folders)) {
            return JsonText.pretty(SettingsSchema.of(plugins.catalog()));
        }
    }
}
