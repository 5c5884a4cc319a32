package io.sluice.kernel.gateway;

import io.sluice.kernel.config.ConfigText;
import io.sluice.kernel.config.Settings;
import io.sluice.kernel.json.JsonValue;
import io.sluice.kernel.problem.Place;
import io.sluice.kernel.problem.Problem;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The key of the admin API as the settings give it: {@code secret}, else the contents of {@code secret_file}. Line ends
 * and spaces around it do not count, since none would survive in a header.
 *
 * @param field    the setting that gives it; empty where none does
 * @param key      the key; empty if there is none that could be used
 * @param problems what is wrong or doubtful
 */
record ConfiguredKey(String field, Optional<String> key, List<Problem> problems) {

    private static final int LONGEST = 4096;
    private static final int SHORTEST = 8;
    private static final String NOBODY = "; until there is a key, the admin API lets nobody in";
    private static final String MAKE_ONE = "write one, such as \"openssl rand -base64 32\" makes, or remove the setting"
            + " to have one made at the next start";

    /** Reads it; writes nothing. */
    static ConfiguredKey of(Settings settings, Path conf) {
        if (settings.secret() != null) {
            List<Problem> problems = new ArrayList<>();
            if (settings.secretFile() != null) {
                problems.add(Problem.warning("no_effect", place(settings, "secret_file"),
                        "secret_file: \"" + settings.secretFile() + "\" has no effect, because secret is set (expected: one of them)",
                        "remove one of the two"));
            }
            return judged(settings, "secret", settings.secret(), problems);
        }
        return settings.secretFile() == null ? new ConfiguredKey("", Optional.empty(), List.of())
                : inFile(settings, settings.secretFile(), conf);
    }

    /** The file that the key comes from; empty where the settings name none, or none that counts. */
    static Optional<Path> file(Settings settings, Path conf) {
        if (settings.secret() != null || settings.secretFile() == null || settings.secretFile().isBlank()) {
            return Optional.empty();
        }
        try {
            return Optional.of(conf.resolve(settings.secretFile()));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static ConfiguredKey inFile(Settings settings, String written, Path conf) {
        String why;
        try {
            if (written.isBlank()) {
                return refused(settings, "secret_file", "secret_file: \"" + written + "\" is empty (expected: a file, relative"
                        + " to conf/)", MAKE_ONE.replace("write one", "name a file that holds one"));
            }
            return judged(settings, "secret_file", ConfigText.read(conf.resolve(written)), List.of());
        } catch (InvalidPathException e) {
            why = "it is no path";
        } catch (IOException e) {
            why = ConfigText.why(e);
        }
        return refused(settings, "secret_file", "secret_file: \"" + written + "\" cannot be read: " + why
                + (why.contains("(expected") ? "" : " (expected: a file that holds the key, relative to conf/)"),
                "put a file there that the gateway's user may read");
    }

    private static ConfiguredKey judged(Settings settings, String field, String text, List<Problem> others) {
        String key = text.strip();
        String source = field.equals("secret") ? "secret" : "secret_file: \"" + settings.secretFile() + "\"";
        if (key.isEmpty()) {
            return refused(settings, field, source + " is empty (expected: a key)", MAKE_ONE);
        }
        if (key.length() > LONGEST) {
            return refused(settings, field, source + " has " + key.length() + " characters (expected: at most " + LONGEST
                    + ")", "a key has one line: name the right file, or shorten it");
        }
        if (!key.chars().allMatch(c -> c >= ' ' && c < 0x7f)) {
            return refused(settings, field, source + " holds more than one line, or characters that no header carries"
                    + " (expected: one line of visible ASCII)", MAKE_ONE);
        }
        List<Problem> problems = new ArrayList<>(others);
        if (key.length() < SHORTEST) {
            problems.add(Problem.warning("weak_admin_key", place(settings, field), source + " has " + key.length()
                    + (key.length() == 1 ? " character" : " characters") + " (expected: at least " + SHORTEST + ")",
                    "whoever guesses it can do anything: " + MAKE_ONE));
        }
        return new ConfiguredKey(field, Optional.of(key), problems);
    }

    private static ConfiguredKey refused(Settings settings, String field, String message, String hint) {
        return new ConfiguredKey(field, Optional.empty(),
                List.of(Problem.error("no_admin_key", place(settings, field), message, hint + NOBODY)));
    }

    private static Place place(Settings settings, String field) {
        JsonValue value = settings.source().get(field);
        return value == null ? Place.NONE : value.place();
    }
}
