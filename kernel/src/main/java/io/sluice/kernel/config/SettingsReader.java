package io.sluice.kernel.config;

import io.sluice.kernel.config.Settings.PortRange;
import io.sluice.kernel.config.Settings.PortRule;
import io.sluice.kernel.json.JsonValue;
import io.sluice.kernel.json.JsonValue.JsonArray;
import io.sluice.kernel.json.JsonValue.JsonNull;
import io.sluice.kernel.json.JsonValue.JsonObject;
import io.sluice.kernel.problem.Place;
import io.sluice.kernel.problem.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Binds the settings file. */
public final class SettingsReader {

    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9_.-]{1,253}|[0-9A-Fa-f:.\\[\\]]*:[0-9A-Fa-f:.\\[\\]]*");

    private final Path data;
    private final Consumer<Problem> problems;
    private boolean valid = true;

    private SettingsReader(Path data, Consumer<Problem> problems) {
        this.data = data;
        this.problems = problems;
    }

    /** The settings of a gateway that has no settings file. */
    public static Settings defaults() {
        return read(new JsonObject(Place.NONE, Map.of()), problem -> { }).value();
    }

    /**
     * What stands for settings that cannot be read, while the definitions are looked at all the same: the defaults, but
     * with any port allowed, because nobody knows which ones are.
     */
    public static Settings unknown() {
        JsonValue yes = new JsonValue.JsonBoolean(Place.NONE, true);
        return read(new JsonObject(Place.NONE, Map.of("disable_ports_whitelist", new JsonValue.Member(Place.NONE, yes))),
                problem -> { }).value();
    }

    /** Binds settings, wherever the folder of data is. */
    public static Bound<Settings> read(JsonValue value, Consumer<Problem> problems) {
        return read(value, Path.of("data"), problems);
    }

    /**
     * Binds settings.
     *
     * @param data the folder that a relative {@code admin.socket} counts from
     * @return not valid if they cannot be used: a start ends there, a running gateway keeps its last good ones. A bad
     *         range of ports does not go that far: it is an error and allows nothing
     */
    public static Bound<Settings> read(JsonValue value, Path data, Consumer<Problem> problems) {
        return new SettingsReader(data, problems).settings(value);
    }

    private Bound<Settings> settings(JsonValue value) {
        Set<String> others = KnownFields.of("settings-of-extensions.txt");
        UnknownFields warn = UnknownFields.warn(problems);
        UnknownFields policy = (path, name, member, known) -> {
            if (!others.contains(path + name) && !others.contains(path + "*")) {
                Set<String> all = new java.util.TreeSet<>(known);
                others.stream().filter(o -> o.startsWith(path) && o.indexOf('.', path.length()) < 0)
                        .forEach(o -> all.add(o.substring(path.length())));
                misplaced(path, name).ifPresentOrElse(
                        right -> problems.accept(Problem.warning("misplaced_field", member.keyPlace(), "\"" + path + name
                                + "\" has no effect here (expected: " + right + ")", "move it there")),
                        () -> warn.found(path, name, member, all));
            }
        };
        JsonValue whitelist = value instanceof JsonObject object ? object.get("ports_whitelist") : null;
        Bound<Settings> bound = new RecordBinder(policy, "the settings", problems)
                .bind(without(without(value, "ports_whitelist"), "$schema"), Settings.class);
        if (bound.value() == null) {
            return bound;
        }
        Map<String, PortRule> rules = whitelist == null || whitelist instanceof JsonNull ? Map.of() : rules(whitelist);
        Settings s = bound.value();
        JsonObject source = value instanceof JsonObject object ? object : s.source();
        return new Bound<>(new Settings(checkListenAddress(s), checkPath(s, "app_path", s.appPath(), "services"),
                checkPath(s, "certificates_path", s.certificatesPath(), "certs"), rules,
                s.disablePortsWhitelist(), s.secret(), s.secretFile(), checkAdmin(s), s.plugins(), s.uptimeTests(),
                s.timeouts(), s.limits(), s.workers(), s.transport(), source), bound.valid() && valid);
    }

    /** Where a setting belongs that stands in a wrong place. */
    private static Optional<String> misplaced(String path, String name) {
        Set<String> settings = DefinitionBinder.paths(Settings.class, "");
        Optional<String> flat = settings.stream().filter(known -> known.replace('.', '_').equals(name) && known.indexOf('.') > 0).findFirst();
        Optional<String> elsewhere = settings.stream().filter(known -> known.endsWith("." + name) && !known.equals(path + name)).findFirst();
        return flat.or(() -> NearestName.of(name, RecordBinder.names(Settings.class)).isPresent() ? Optional.empty() : elsewhere)
                .or(() -> path.isEmpty() && DefinitionBinder.isField(name) ? Optional.of("in a definition, in a file of app_path")
                        : Optional.empty());
    }

    /** What is refused has its default in its place, so that it is refused once. */
    private String checkListenAddress(Settings settings) {
        if (IpLiteral.parse(settings.listenAddress()).isEmpty()) {
            refuse(settings, "listen_address", settings.listenAddress(), "an IP address of this machine, 0.0.0.0 or ::",
                    "names are not resolved here: a listener must not depend on a name service");
            return "0.0.0.0";
        }
        return settings.listenAddress();
    }

    private Settings.Admin checkAdmin(Settings settings) {
        String admin = settings.admin().address();
        if (!admin.equals("off") && !isAddressAndPort(admin)) {
            refuse(settings, "admin.address", admin, "an IP address and a port, like 127.0.0.1:9700, or \"off\"",
                    admin.equalsIgnoreCase("off") ? "did you mean \"off\"?"
                            : admin.lastIndexOf(':') <= 0 || admin.endsWith("]")
                            ? "write address and port: 127.0.0.1:9700, or [::1]:9700"
                            : "names are not resolved here; the port is 0 to 65535");
        }
        SocketPath.mistake(settings.admin(), data).ifPresent(rule -> refuse(settings, "admin.socket",
                settings.admin().socket().replace("\0", "\\u0000"), rule, "name a file in a folder with a short path, like"
                        + " /run/sluice/admin.sock, or leave it out"));
        for (int i = 0; i < settings.admin().hosts().size(); i++) {
            String host = settings.admin().hosts().get(i);
            if (!HOST.matcher(host).matches()) {
                problems.accept(Problem.warning("doubtful_value", at(settings, "admin.hosts").place(), "admin.hosts: \"" + host
                        + "\" (expected: host names, without scheme, port and wildcard)", "correct it: no request will ever be for this name"));
            }
        }
        return settings.admin();
    }

    private static boolean isAddressAndPort(String text) {
        int colon = text.lastIndexOf(':');
        return colon > 0 && text.substring(colon + 1).matches("\\d{1,5}")
                && Integer.parseInt(text.substring(colon + 1)) <= 65535
                && IpLiteral.parse(text.substring(0, colon)).isPresent();
    }

    private String checkPath(Settings settings, String field, String path, String usual) {
        if (path.isBlank() || path.indexOf('\0') >= 0) {
            refuse(settings, field, path.replace("\0", "\\u0000"), "a folder, relative to conf/",
                    "name the folder, or leave the setting out to take \"" + usual + "\"");
            return usual;
        }
        return path;
    }

    private void refuse(Settings settings, String field, String value, String rule, String hint) {
        valid = false;
        problems.accept(Problem.error("bad_value", at(settings, field).place(), field + ": \"" + value + "\" (expected: " + rule + ")",
                hint));
    }

    private static JsonValue at(Settings settings, String field) {
        JsonValue at = settings.source();
        for (String step : field.split("\\.")) {
            at = at instanceof JsonObject object && object.get(step) != null ? object.get(step) : at;
        }
        return at;
    }

    private static JsonValue without(JsonValue value, String name) {
        if (!(value instanceof JsonObject object)) {
            return value;
        }
        Map<String, JsonValue.Member> rest = new LinkedHashMap<>(object.members());
        rest.remove(name);
        return new JsonObject(object.place(), rest);
    }

    private Map<String, PortRule> rules(JsonValue whitelist) {
        Map<String, PortRule> rules = new LinkedHashMap<>();
        if (!(whitelist instanceof JsonObject object)) {
            valid = false;
            problems.accept(Problem.error("bad_value", whitelist.place(), "ports_whitelist: "
                    + Scalars.shown("", whitelist) + " (expected: an object in braces)",
                    "write { \"tcp\": { \"ports\": [6379] } }"));
            return rules;
        }
        object.members().forEach((protocol, member) -> rules.put(protocol, rule(protocol, member.value())));
        return rules;
    }

    private PortRule rule(String protocol, JsonValue value) {
        List<PortRange> ranges = new ArrayList<>();
        List<Integer> ports = new ArrayList<>();
        String path = "ports_whitelist." + protocol;
        if (value instanceof JsonNull) {
            return new PortRule(ranges, ports);
        }
        if (!(value instanceof JsonObject object)) {
            bad(value, path, "an object with \"ranges\" and \"ports\"", "write { \"ports\": [6379] }");
            return new PortRule(ranges, ports);
        }
        object.members().forEach((name, member) -> {
            if (!name.equals("ranges") && !name.equals("ports")) {
                UnknownFields.warn(problems).found(path + ".", name, member, List.of("ranges", "ports"));
            } else if (!(member.value() instanceof JsonArray array)) {
                if (!(member.value() instanceof JsonNull)) {
                    bad(member.value(), path + "." + name, "an array in brackets", "write its entries in brackets: [ … ]");
                }
            } else {
                for (int i = 0; i < array.elements().size(); i++) {
                    String at = path + "." + name + "[" + i + "]";
                    JsonValue element = array.elements().get(i);
                    if (name.equals("ranges")) {
                        range(element, at, ranges);
                    } else {
                        port(element, at, ports);
                    }
                }
            }
        });
        return new PortRule(List.copyOf(ranges), List.copyOf(ports));
    }

    private void range(JsonValue value, String path, List<PortRange> ranges) {
        Bound<PortRange> bound = value instanceof JsonObject
                ? RecordBinder.bind(value, PortRange.class, problems) : new Bound<>(null, false);
        if (!(value instanceof JsonObject)) {
            bad(value, path, "{ \"from\": n, \"to\": m }", "a single port stands in \"ports\"");
        } else if (bound.valid()) {
            PortRange range = bound.value();
            if (range.from() < 1 || range.to() > 65535 || range.from() > range.to()) {
                problems.accept(Problem.error("bad_range", value.place(), path + ": from " + range.from() + " to "
                        + range.to() + " (expected: 1 to 65535, from at most to)", (range.from() > range.to() ? "swap the two"
                        : "correct the bounds") + "; until then, this range allows nothing"));
            } else {
                ranges.add(range);
            }
        }
    }

    private void port(JsonValue value, String path, List<Integer> ports) {
        Object port = Scalars.convert(value, int.class, null);
        if (port instanceof Integer number && number >= 1 && number <= 65535) {
            ports.add(number);
        } else {
            bad(value, path, "1 to 65535", port instanceof Scalars.Wrong wrong ? wrong.hint() : "write a number within these bounds");
        }
    }

    private void bad(JsonValue value, String path, String rule, String hint) {
        problems.accept(Problem.error("bad_value", value.place(), path + ": " + Scalars.shown(path, value)
                + " (expected: " + rule + ")", hint + "; until then, this entry allows nothing"));
    }
}
