package io.sluice.kernel.config;

import io.sluice.spi.config.Material;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds the materials of one definition, and remembers which files it asked for. */
public final class MaterialReader implements Materials {

    /** The SHA-256 of a certificate, perhaps behind Tyk's id of an organisation. */
    private static final Pattern ID = Pattern.compile("([A-Za-z0-9_-]*)([0-9a-fA-F]{64})");

    private final MaterialFolder folder;
    private final String certificates;
    private final Map<Path, String> files = new TreeMap<>();

    /**
     * @param certificates the folder of the certificate store, relative to the configuration's
     */
    public MaterialReader(MaterialFolder folder, String certificates) {
        this.folder = folder;
        this.certificates = certificates;
    }

    /** The files that were asked for, missing ones included, each with a word for its contents. */
    public Map<Path, String> files() {
        return Map.copyOf(files);
    }

    @Override
    public Answer find(String reference) {
        if (reference.contains("-----BEGIN")) {
            return reference.length() <= Material.LARGEST ? new Found(Material.inline(reference))
                    : new NotFound("at most " + Material.LARGEST + " characters of PEM text", "keep it in a file, and name that");
        }
        Matcher id = ID.matcher(reference);
        return id.matches() ? stored(reference, id.group(2).toLowerCase(Locale.ROOT)) : file(reference);
    }

    private Answer stored(String reference, String sha256) {
        List<String> names = Stream.of(sha256, reference).distinct().toList();
        NotFound why = null;
        for (String name : names) {
            String path = certificates + "/" + name + ".pem";
            Answer answer = read(path, "the id of a certificate in " + certificates + "/");
            if (answer instanceof Found) {
                return answer;
            }
            why = why == null ? (NotFound) answer : why;
        }
        return why;
    }

    private Answer file(String path) {
        return read(path, "a file, relative to conf/, the id of a certificate, or PEM text");
    }

    private Answer read(String path, String rule) {
        Path file;
        try {
            file = folder.conf().resolve(path).normalize();
        } catch (InvalidPathException e) {
            return new NotFound(rule, "this cannot be the name of a file");
        }
        try {
            byte[] bytes = folder.read(file);
            files.put(file, folder.state(file));
            return new Found(Material.of(path, bytes));
        } catch (MaterialFolder.Unreadable e) {
            files.put(file, folder.state(file));
            return new NotFound(rule, file + ": " + e.getMessage());
        }
    }
}
