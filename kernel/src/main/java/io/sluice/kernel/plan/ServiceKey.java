package io.sluice.kernel.plan;

import io.sluice.kernel.config.Settings;
import io.sluice.kernel.json.JsonValue;
import io.sluice.kernel.json.JsonValue.JsonObject;
import io.sluice.kernel.plugin.ExtensionCatalog;
import io.sluice.kernel.plugin.Generation;
import io.sluice.spi.config.ConfigField;
import io.sluice.spi.config.ConfigField.Role;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a service is made from. Equal keys make equal services, so the one that runs is kept.
 *
 * @param definition  the definition's JSON
 * @param file        its file
 * @param materials   the files that it refers to, each with a word for its contents
 * @param defaults    what it takes from the settings
 * @param generations the plugins that it runs through, those of its layers included
 */
record ServiceKey(JsonObject definition, String file, Map<Path, String> materials, Defaults defaults,
        Set<Generation> generations) {

    /** An equal key, for an equal definition that may stand in other places. */
    ServiceKey at(RawService raw) {
        return new ServiceKey(raw.json(), file, materials, defaults, generations);
    }

    /**
     * The part of the settings that reaches into services.
     *
     * @param listenAddress where to bind
     * @param certificates  the folder of the certificate store
     * @param timeouts      defaults of deadlines
     * @param uptimeTests   defaults of checks
     * @param extensions    the values of all settings that extensions take as defaults
     */
    record Defaults(String listenAddress, String certificates, Settings.Timeouts timeouts, Settings.UptimeTests uptimeTests,
            List<Optional<JsonValue>> extensions) {

        static Defaults of(Settings settings, ExtensionCatalog catalog) {
            List<Optional<JsonValue>> values = Kinds.configured(catalog)
                    .flatMap(offer -> offer.extension().fields().stream())
                    .filter(field -> field.role() == Role.SETTING)
                    .map(ConfigField::path).distinct().sorted()
                    .map(path -> ExtensionBinding.at(settings.source(), path))
                    .toList();
            return new Defaults(settings.listenAddress(), settings.certificatesPath(), settings.timeouts(),
                    settings.uptimeTests(), values);
        }
    }
}
