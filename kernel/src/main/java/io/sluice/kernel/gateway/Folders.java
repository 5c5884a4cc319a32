package io.sluice.kernel.gateway;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Where everything lies.
 *
 * @param home where the distribution was unpacked; may be read-only
 * @param base holds {@code conf/}, {@code plugins/}, {@code data/} and {@code logs/}; often the same folder
 * @param demo whether the demo's configuration and plugins are used
 */
public record Folders(Path home, Path base, boolean demo) {

    public Folders {
        home = home.toAbsolutePath().normalize();
        base = base.toAbsolutePath().normalize();
    }

    public Path conf() {
        return demo ? home.resolve("demo/conf") : base.resolve("conf");
    }

    public Path data() {
        return base.resolve("data");
    }

    /** What was changed when, by whom. */
    public Path history() {
        return data().resolve("history");
    }

    /** The plugins folders, the distribution's own first. */
    public List<Path> plugins() {
        List<Path> folders = new ArrayList<>();
        folders.add(home.resolve("plugins"));
        if (!base.equals(home)) {
            folders.add(base.resolve("plugins"));
        }
        if (demo) {
            folders.add(home.resolve("demo/plugins"));
        }
        return folders;
    }

    /** What the demo prints when it is up. */
    public Path tour() {
        return home.resolve("demo/tour.txt");
    }

    /** How a file is shown to people: relative to the base folder where it lies in it. */
    public String shown(Path file) {
        Path absolute = file.toAbsolutePath().normalize();
        return absolute.startsWith(base) && Files.isDirectory(base) ? base.relativize(absolute).toString()
                : absolute.toString();
    }
}
