package io.sluice.kernel.remote;

import io.sluice.kernel.config.Bound;
import io.sluice.kernel.config.ConfigText;
import io.sluice.kernel.config.Settings;
import io.sluice.kernel.config.SettingsReader;
import io.sluice.kernel.config.SocketPath;
import io.sluice.kernel.json.BadJson;
import io.sluice.kernel.json.JsonReader;
import io.sluice.kernel.problem.Place;
import io.sluice.kernel.problem.Problem;
import io.sluice.kernel.problem.ProblemPrinter;
import io.sluice.kernel.remote.AdminFailure.Kind;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where a gateway's admin API is, and the key to it.
 *
 * @param url where it listens: {@code http://…}, or {@code unix:} and the path of a socket
 * @param key what opens it
 */
public record AdminLocation(URI url, AdminKey key) {

    /**
     * What the settings of a base folder say.
     *
     * @param conf        the folder of {@code sluice.json}; without that file the defaults hold
     * @param data        the folder of the generated key
     * @param environment fills <code>${NAME}</code> in the settings, as it does for the gateway itself
     */
    public static AdminLocation of(Path conf, Path data, Map<String, String> environment) throws AdminFailure {
        Settings settings = settings(conf.resolve("sluice.json"), data, environment);
        return new AdminLocation(url(settings.admin(), data), key(settings, conf, data));
    }

    /** Whether it is a UNIX domain socket. */
    boolean isSocket() {
        return "unix".equals(url.getScheme());
    }

    /** A given address, with the key of a base folder. */
    public static AdminLocation at(URI url, Path conf, Path data, Map<String, String> environment) throws AdminFailure {
        return new AdminLocation(url, key(settings(conf.resolve("sluice.json"), data, environment), conf, data));
    }

    private static Settings settings(Path file, Path data, Map<String, String> environment) throws AdminFailure {
        if (!Files.exists(file)) {
            return SettingsReader.defaults();
        }
        List<Problem> problems = new ArrayList<>();
        try {
            Bound<Settings> bound = SettingsReader.read(
                    JsonReader.read(file.toString(), ConfigText.read(file), Optional.of(environment)), data, problems::add);
            if (bound.valid()) {
                return bound.value();
            }
        } catch (BadJson e) {
            problems.addAll(e.problems());
        } catch (IOException e) {
            String why = ConfigText.why(e);
            problems.add(Problem.error("file_unreadable", Place.file(file.toString()), "the file cannot be read: " + why
                    + (why.contains("(expected") ? "" : " (expected: a file of UTF-8 text)"),
                    "make it a file of UTF-8 text that this user may read"));
        }
        throw invalid(file, problems.stream().filter(Problem::isError).toList());
    }

    private static AdminFailure invalid(Path file, List<Problem> errors) {
        List<String> lines = new ArrayList<>();
        errors.forEach(p -> lines.add((p.place().line() == 0 ? p.place().file()
                : p.place().file() + ":" + p.place().line() + ":" + p.place().column()) + ": error: " + p.message()));
        lines.add("hint: \"sluice check\" says more; --admin URL --key-file FILE needs no settings");
        return new AdminFailure(Kind.INVALID_SETTINGS, file + " cannot be read, so nothing says where the gateway is", lines,
                Map.of("errors", errors.stream().map(ProblemPrinter::json).toList()));
    }

    /** The address, or the socket where no address says where. */
    private static URI url(Settings.Admin admin, Path data) throws AdminFailure {
        Optional<Path> socket = SocketPath.of(admin, data);
        return socket.isPresent() && (admin.address().equals("off") || admin.address().endsWith(":0")) ? url(socket.get())
                : url(admin.address());
    }

    private static URI url(Path socket) {
        try {
            return new URI("unix", socket.toString(), null);
        } catch (URISyntaxException e) {
            throw new IllegalStateException("what a URI cannot have is quoted", e);
        }
    }

    /** An address that is bound for all interfaces is reached on loopback. */
    private static URI url(String address) throws AdminFailure {
        int colon = address.lastIndexOf(':');
        if (colon < 0) {
            throw new AdminFailure(Kind.NOT_REACHABLE, "the admin API is closed (admin.address is \"" + address
                    + "\" in conf/sluice.json)", List.of("hint: give it an address, like 127.0.0.1:9700, or an admin.socket, and restart"));
        }
        String host = address.substring(0, colon);
        String port = address.substring(colon + 1);
        if (Integer.parseInt(port) == 0) {
            throw new AdminFailure(Kind.NOT_REACHABLE, "the admin API is on a port that the system chose (admin.address is \""
                    + address + "\")", List.of("hint: its ready file names it: give it with --admin URL"));
        }
        String plain = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        String reached = plain.equals("0.0.0.0") ? "127.0.0.1" : plain.equals("::") ? "[::1]"
                : plain.indexOf(':') >= 0 ? "[" + plain + "]" : plain;
        return URI.create("http://" + reached + ":" + port);
    }

    private static AdminKey key(Settings settings, Path conf, Path data) {
        if (settings.secret() != null && !settings.secret().isEmpty()) {
            return AdminKey.of(settings.secret());
        }
        return settings.secretFile() != null && !settings.secretFile().isEmpty()
                ? AdminKey.named(settings.secretFile(), conf) : AdminKey.from(data.resolve("admin-secret"));
    }
}
