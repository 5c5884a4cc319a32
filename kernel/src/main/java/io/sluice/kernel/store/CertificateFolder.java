package io.sluice.kernel.store;

import io.sluice.kernel.config.FileMark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Certificates in files. Those that were uploaded are called {@code <id>.pem} and only the owner may read them. A file
 * whose mark has not changed is not read again. Thread-safe.
 */
public final class CertificateFolder {

    private static final long LARGEST = 1024 * 1024;

    private final Supplier<Path> folder;
    private final Map<Path, Known> known = new HashMap<>();

    private record Known(FileMark mark, Optional<CertificateText> text) {
    }

    /**
     * @param folder the folder of certificates at this moment
     */
    public CertificateFolder(Supplier<Path> folder) {
        this.folder = folder;
    }

    /** The file of an uploaded certificate. */
    public Path file(String id) {
        return folder.get().resolve(id + ".pem");
    }

    /**
     * The certificates in the folder and in other files, by file; what holds none is left out.
     *
     * @param others files elsewhere that services use
     */
    public synchronized Map<Path, CertificateText> all(Collection<Path> others) {
        TreeSet<Path> files = new TreeSet<>(others);
        try (Stream<Path> entries = Files.list(folder.get())) {
            entries.filter(file -> !file.getFileName().toString().startsWith(".")).forEach(files::add);
        } catch (IOException e) {
            // there is no folder as long as nothing is stored
        }
        known.keySet().retainAll(files);
        Map<Path, CertificateText> found = new LinkedHashMap<>();
        files.forEach(file -> read(file).ifPresent(text -> found.put(file, text)));
        return found;
    }

    private Optional<CertificateText> read(Path file) {
        try {
            FileMark mark = FileMark.of(file);
            Known before = known.get(file);
            if (before == null || !before.mark().equals(mark)) {
                boolean readable = Files.isRegularFile(file) && mark.size() <= LARGEST;
                before = new Known(mark, readable ? CertificateText.read(CertificateText.text(Files.readAllBytes(file)))
                        : Optional.empty());
                known.put(file, before);
            }
            return before.text();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Stores an uploaded certificate. */
    public void put(String id, String pem) throws IOException {
        AtomicFile.writeSecret(file(id), pem.endsWith("\n") ? pem : pem + "\n");
    }

    /** Removes an uploaded certificate. */
    public void delete(String id) throws IOException {
        AtomicFile.delete(file(id));
    }
}
