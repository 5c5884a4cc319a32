package io.sluice.kernel.schema;

import io.sluice.kernel.config.Definition;
import io.sluice.kernel.json.PlainValues;
import io.sluice.kernel.plugin.ExtensionCatalog;
import io.sluice.kernel.plugin.Offer;
import io.sluice.spi.Extension;
import io.sluice.spi.access.AccessPolicyFactory;
import io.sluice.spi.balancer.BalancerFactory;
import io.sluice.spi.config.ConfigField.Role;
import io.sluice.spi.config.ConfigField;
import io.sluice.spi.config.Configured;
import io.sluice.spi.discovery.TargetDiscovery;
import io.sluice.spi.health.HealthCommand;
import io.sluice.spi.protocol.ClientProtocol;
import io.sluice.spi.protocol.UpstreamProtocol;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The schema of one definition: the kernel's own fields, the fields that installed extensions declare, and a choice of the
 * installed names wherever one is named. Members that nobody knows are allowed, as they are only warned about.
 */
public final class DefinitionSchema {

    private final ExtensionCatalog catalog;
    private final Map<String, Object> definitions = new LinkedHashMap<>();

    private DefinitionSchema(ExtensionCatalog catalog) {
        this.catalog = catalog;
    }

    /** Puts it together. */
    public static Map<String, Object> of(ExtensionCatalog catalog) {
        return SchemaTree.ordered(new DefinitionSchema(catalog).schema());
    }

    private Map<String, Object> schema() {
        Map<String, Object> schema = SchemaTree.ofFile("Sluice service definition", Definition.class);
        schema.put("required", List.of("listen_port", "protocol", "proxy"));
        SchemaTree.put(schema, "protocol", named(ClientProtocol.class, true));
        SchemaTree.put(schema, "layers", list(named(ClientProtocol.class, false)));
        SchemaTree.put(schema, "access", list(named(AccessPolicyFactory.class, false)));
        SchemaTree.put(schema, "proxy.balancer", named(BalancerFactory.class, false));
        SchemaTree.put(schema, "proxy.service_discovery", discovery());
        Map<String, Object> commands = list(commands());
        Map<String, Object> check = RecordSchema.of(Definition.UptimeTests.Check.class);
        SchemaTree.put((Map<String, Object>) SchemaTree.object(check), "commands", commands);
        SchemaTree.put(schema, "uptime_tests.check_list", list(check));
        SchemaTree.put(schema, "uptime_tests.default_check", check);
        // both layouts: these may stand in proxy too, and the id has two names
        copy(schema, "enable_load_balancing", "proxy.enable_load_balancing");
        copy(schema, "check_host_against_uptime_tests", "proxy.check_host_against_uptime_tests");
        copy(schema, "api_id", "id");
        configured(catalog).forEach(offer -> fields(schema, SchemaTree.object(check), offer));
        schema.put("$defs", definitions);
        return schema;
    }

    /** Every extension whose record fields of a definition, or of the settings, may feed. */
    static Stream<Offer<? extends Configured<?>>> configured(ExtensionCatalog catalog) {
        return Stream.of(ClientProtocol.class, UpstreamProtocol.class, BalancerFactory.class, AccessPolicyFactory.class,
                TargetDiscovery.class).flatMap(kind -> offers(catalog, kind).stream());
    }

    private List<Offer<? extends Configured<?>>> offers(Class<? extends Extension> kind) {
        return offers(catalog, kind);
    }

    @SuppressWarnings("unchecked")
    private static List<Offer<? extends Configured<?>>> offers(ExtensionCatalog catalog, Class<? extends Extension> kind) {
        return (List<Offer<? extends Configured<?>>>) (List<?>) catalog.all(kind);
    }

    /** A choice of installed names: the name alone, or an object with the extension's own fields. */
    private Map<String, Object> named(Class<? extends Extension> kind, boolean last) {
        List<Object> names = new ArrayList<>();
        List<Object> objects = new ArrayList<>();
        for (Offer<? extends Configured<?>> offer : offers(kind)) {
            if (!last || ((ClientProtocol<?, ?>) offer.extension()).canEndStack()) {
                names.add(offer.name());
                objects.add(reference(kind, offer));
            }
        }
        Map<String, Object> choice = new LinkedHashMap<>();
        List<Object> any = new ArrayList<>(List.of(Map.of("enum", names)));
        any.addAll(objects);
        choice.put("anyOf", any);
        return choice;
    }

    private Map<String, Object> commands() {
        return Map.of("anyOf", offers(HealthCommand.class).stream()
                .map(offer -> (Object) reference(HealthCommand.class, offer)).toList());
    }

    private Map<String, Object> discovery() {
        List<Object> any = new ArrayList<>();
        for (Offer<? extends Configured<?>> offer : offers(TargetDiscovery.class)) {
            any.add(offer.extension().isDefault() ? RecordSchema.object(offer.extension().configType())
                    : reference(TargetDiscovery.class, offer));
        }
        return any.isEmpty() ? Map.of("type", "object") : new LinkedHashMap<>(Map.of("anyOf", any));
    }

    /** The extension's object with its name, once for all places. */
    private Map<String, Object> reference(Class<? extends Extension> kind, Offer<? extends Configured<?>> offer) {
        String key = kind.getSimpleName() + "." + offer.name();
        definitions.computeIfAbsent(key, k -> {
            Map<String, Object> schema = RecordSchema.object(offer.extension().configType());
            Map<String, Object> properties = new LinkedHashMap<>();
            properties.put("name", Map.of("const", offer.name()));
            if (kind == HealthCommand.class) {
                properties.put("timeout", Map.of("type", List.of("string", "number"), "description", "Of this step."));
            }
            properties.putAll(SchemaTree.properties(schema));
            schema.put("properties", properties);
            List<Object> required = new ArrayList<>(List.of("name"));
            required.addAll((List<?>) schema.getOrDefault("required", List.of()));
            schema.put("required", required);
            return schema;
        });
        return Map.of("$ref", "#/$defs/" + key);
    }

    /** What an extension reads elsewhere in a definition. */
    private static void fields(Map<String, Object> schema, Map<String, Object> check,
            Offer<? extends Configured<?>> offer) {
        Class<? extends Record> type = offer.extension().configType();
        for (ConfigField field : offer.extension().fields()) {
            if (field.role() == Role.SWITCH) {
                SchemaTree.add(schema, field.path(), Map.of("type", "boolean"));
            } else if (field.role() == Role.PROBE_SWITCH) {
                SchemaTree.add(check, field.path(), Map.of("type", "boolean"));
            } else if (field.role() == Role.CONFIG) {
                Map<String, Object> whole = RecordSchema.of(type);
                whole.remove("required");
                SchemaTree.add(schema, field.path(), whole);
            } else if (field.role() == Role.VALUE) {
                component(type, field).ifPresent(component ->
                        SchemaTree.add(schema, field.path(), RecordSchema.component(component)));
            }
        }
    }

    /** The component that a field sets. */
    static Optional<RecordComponent> component(Class<? extends Record> type, ConfigField field) {
        return Arrays.stream(type.getRecordComponents())
                .filter(component -> PlainValues.name(component).equals(field.component())).findFirst();
    }

    private static void copy(Map<String, Object> schema, String from, String to) {
        Object found = SchemaTree.properties(schema).get(from);
        if (found != null) {
            SchemaTree.put(schema, to, found);
        }
    }

    private static Map<String, Object> list(Object items) {
        return new LinkedHashMap<>(Map.of("type", "array", "items", items));
    }
}
