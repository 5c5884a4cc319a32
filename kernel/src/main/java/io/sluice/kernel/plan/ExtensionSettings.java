package io.sluice.kernel.plan;

import io.sluice.kernel.config.NearestName;
import io.sluice.kernel.config.RecordBinder;
import io.sluice.kernel.config.Settings;
import io.sluice.kernel.json.JsonValue;
import io.sluice.kernel.json.JsonValue.JsonNull;
import io.sluice.kernel.json.JsonValue.JsonObject;
import io.sluice.kernel.json.JsonValue.Member;
import io.sluice.kernel.plugin.ExtensionCatalog;
import io.sluice.kernel.problem.Problem;
import io.sluice.spi.Extension;
import io.sluice.spi.admin.AdminResource;
import io.sluice.spi.admin.AdminServer;
import io.sluice.spi.config.ConfigField;
import io.sluice.spi.config.ConfigField.Role;
import io.sluice.spi.config.Configured;
import io.sluice.spi.observer.ConnectionObserverFactory;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Looks for settings that are handed on to extensions and that none of them reads: misspelt ones, and those of plugins that
 * are not installed. What an extension reads is judged where it is bound.
 */
final class ExtensionSettings {

    /** Where extensions' settings stand beside places of their own. */
    private static final List<String> ROOTS = List.of("http_server_options", "plugin_settings", "security");

    private final Collection<String> paths = new TreeSet<>();
    private final Consumer<Problem> problems;

    ExtensionSettings(ExtensionCatalog catalog, Consumer<Problem> problems) {
        this.problems = problems;
        Kinds.offers(catalog).stream().map(offer -> offer.extension()).filter(Configured.class::isInstance)
                .flatMap(extension -> ((Configured<?>) extension).fields().stream())
                .filter(field -> field.role() == Role.SETTING).map(ConfigField::path).forEach(paths::add);
        add(catalog, ConnectionObserverFactory.class, ConnectionObserverFactory::settingsPath);
        add(catalog, AdminResource.class, AdminResource::settingsPath);
        add(catalog, AdminServer.class, AdminServer::settingsPath);
    }

    private <E extends Extension> void add(ExtensionCatalog catalog, Class<E> kind, Function<E, String> path) {
        catalog.all(kind).forEach(offer -> {
            try {
                paths.add(path.apply(offer.extension()));
            } catch (RuntimeException | LinkageError e) {
                // whoever starts it says so
            }
        });
    }

    void check(Settings settings) {
        ROOTS.forEach(root -> {
            Member member = settings.source().members().get(root);
            if (member != null && paths.stream().noneMatch(path -> path.startsWith(root))) {
                problems.accept(Problem.warning("no_extension", member.keyPlace(), "\"" + root + "\": no installed plugin reads"
                        + " this (expected: a plugin that does)", "put the plugin back into plugins/, or remove it"));
            } else if (member != null) {
                check(root, member.value());
            }
        });
    }

    private void check(String path, JsonValue value) {
        if (paths.contains(path) || value instanceof JsonNull) {
            return;
        }
        Collection<String> names = below(path);
        if (!(value instanceof JsonObject object)) {
            problems.accept(Problem.error("bad_value", value.place(), path + ": " + RecordBinder.shown(path, value)
                    + " (expected: an object in braces)", "write its fields in braces: { \"" + names.iterator().next() + "\": … }"));
            return;
        }
        object.members().forEach((name, member) -> {
            if (names.contains(name)) {
                check(path + "." + name, member.value());
            } else {
                problems.accept(Problem.warning("unknown_field", member.keyPlace(), "unknown field \"" + path + "." + name
                        + "\" (expected: one of " + String.join(", ", names) + ")", NearestName.hint(name, names,
                        "remove it, or put the plugin that reads it into plugins/")));
            }
        });
    }

    /** The names of the next step. */
    private Collection<String> below(String path) {
        Collection<String> names = new TreeSet<>();
        paths.stream().filter(one -> one.startsWith(path + "."))
                .forEach(one -> names.add(one.substring(path.length() + 1).split("\\.")[0]));
        return names;
    }
}
