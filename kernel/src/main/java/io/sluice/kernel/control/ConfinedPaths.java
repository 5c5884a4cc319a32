package io.sluice.kernel.control;

import io.sluice.kernel.json.JsonValue.JsonArray;
import io.sluice.kernel.json.JsonValue.JsonObject;
import io.sluice.kernel.json.JsonValue.JsonString;
import io.sluice.kernel.json.JsonValue;
import io.sluice.kernel.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Files that a definition from outside refers to must lie below the configuration's folder, symbolic links followed:
 * whoever may write definitions may not read the machine.
 */
final class ConfinedPaths {

    private static final Set<String> FIELDS = Set.of("certificate", "certificates", "client_certificates",
            "upstream_certificates", "ca", "crl", "file", "path");

    private final Path folder;

    ConfinedPaths(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
    }

    List<Problem> check(JsonObject definition) {
        List<Problem> problems = new ArrayList<>();
        look(definition, false, problems::add);
        return problems;
    }

    private void look(JsonValue value, boolean isPath, Consumer<Problem> problems) {
        if (value instanceof JsonObject object) {
            // a map of certificates is keyed by host names
            object.members().forEach((name, member) -> look(member.value(), isPath || FIELDS.contains(name), problems));
        } else if (value instanceof JsonArray array) {
            array.elements().forEach(element -> look(element, isPath, problems));
        } else if (isPath && value instanceof JsonString string && mayBePath(string.raw()) && !isBelow(string.raw())) {
            problems.accept(Problem.error("path_outside", string.place(), "\"" + shown(string.raw())
                    + "\" leads out of the configuration's folder (expected: a path below conf/, links followed)",
                    "put the file below conf/, upload the certificate, or write the definition into a file"));
        }
    }

    private static boolean mayBePath(String text) {
        return !text.isEmpty() && !text.contains("-----BEGIN");
    }

    private boolean isBelow(String text) {
        try {
            Path path = folder.resolve(text).normalize();
            if (!path.startsWith(folder)) {
                return false;
            }
            Path there = path;
            while (!Files.exists(there, LinkOption.NOFOLLOW_LINKS) && !there.equals(folder)) {
                there = there.getParent();
            }
            return !Files.exists(folder) || there.toRealPath().startsWith(folder.toRealPath());
        } catch (InvalidPathException | IOException e) {
            return false;
        }
    }

    private static String shown(String text) {
        return text.length() <= 120 ? text : text.substring(0, 120) + "…";
    }
}
