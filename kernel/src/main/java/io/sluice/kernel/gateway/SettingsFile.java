package io.sluice.kernel.gateway;

import io.sluice.kernel.config.Bound;
import io.sluice.kernel.config.ConfigText;
import io.sluice.kernel.config.Settings;
import io.sluice.kernel.config.SettingsReader;
import io.sluice.kernel.json.BadJson;
import io.sluice.kernel.json.JsonReader;
import io.sluice.kernel.problem.Place;
import io.sluice.kernel.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code conf/sluice.json}: what it says, and what it said when it was in order for the last time. Used by one thread. */
final class SettingsFile {

    private final Path path;
    private final String name;
    private final Path data;
    private final Map<String, String> environment;
    private boolean wasThere;
    private String text;
    private Settings read;
    private Settings lastGood;

    /**
     * @param environment what is expanded in its texts
     */
    SettingsFile(Folders folders, Map<String, String> environment) {
        this.path = folders.conf().resolve("sluice.json");
        this.name = folders.shown(path);
        this.data = folders.data();
        this.environment = environment;
    }

    private SettingsFile(SettingsFile other) {
        this.path = other.path;
        this.name = other.name;
        this.data = other.data;
        this.environment = other.environment;
        this.wasThere = other.wasThere;
        this.text = other.text;
        this.read = other.read;
        this.lastGood = other.lastGood;
    }

    /** The same file with what is known of it, to be read on its own. */
    SettingsFile copy() {
        return new SettingsFile(this);
    }

    Path path() {
        return path;
    }

    /** The file as shown to people. */
    String name() {
        return name;
    }

    /** Its content when it was read; {@code null} if it could not be. */
    String text() {
        return text;
    }

    /** The last good settings; before there are any, as much as could be understood. */
    Settings settings() {
        return lastGood != null ? lastGood : read != null ? read : SettingsReader.unknown();
    }

    /** Reads it; answers whether it is in order. */
    boolean read(List<Problem> problems) {
        Bound<Settings> bound = bound(problems);
        read = bound.value();
        if (bound.valid()) {
            lastGood = bound.value();
        }
        return bound.valid();
    }

    private Bound<Settings> bound(List<Problem> problems) {
        text = null;
        if (!Files.exists(path)) {
            if (!wasThere) {
                return new Bound<>(SettingsReader.defaults(), true);
            }
            problems.add(Problem.error("file_unreadable", Place.file(name), "the settings file is gone",
                    "the settings of before go on: put it back, or start anew to run with the defaults"));
            return new Bound<>(null, false);
        }
        wasThere = true;
        try {
            text = ConfigText.read(path);
            return SettingsReader.read(JsonReader.read(name, text, Optional.of(environment)), data, problems::add);
        } catch (BadJson e) {
            problems.addAll(e.problems());
        } catch (IOException e) {
            problems.add(ConfigText.unreadable(name, e));
            text = ConfigText.nearly(e);
        }
        return new Bound<>(null, false);
    }
}
