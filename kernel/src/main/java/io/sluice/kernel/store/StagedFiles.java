package io.sluice.kernel.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Files that change together: everything that can fail for want of space or of a right is done beside them first, and
 * where one of the renamings fails that are left, those before it are undone. After a crash in the midst of them some
 * files are new and some are old, each of them whole.
 */
final class StagedFiles implements AutoCloseable {

    private final Map<Path, Optional<Path>> staged = new LinkedHashMap<>();
    private final Map<Path, Path> kept = new HashMap<>();

    /** Prepares a file's new text. */
    void write(Path file, String text) throws IOException {
        staged.put(file, Optional.of(AtomicFile.stage(file, text)));
    }

    /** Prepares the removal of a file. */
    void delete(Path file) {
        staged.put(file, Optional.empty());
    }

    /** Puts all of it into effect; if this fails, nothing of it is. */
    void commit() throws IOException {
        if (staged.size() > 1) {
            // one renaming needs no way back
            for (Path file : staged.keySet()) {
                keep(file);
            }
        }
        Deque<Path> done = new ArrayDeque<>();
        try {
            for (Map.Entry<Path, Optional<Path>> one : staged.entrySet()) {
                if (one.getValue().isPresent()) {
                    AtomicFile.move(one.getValue().get(), one.getKey());
                } else {
                    Files.deleteIfExists(one.getKey());
                }
                done.push(one.getKey());
            }
        } catch (IOException e) {
            done.forEach(file -> restore(file, e));
            throw e;
        }
        staged.keySet().forEach(AtomicFile::syncFolder);
    }

    /** A second name for a file takes no space, and its renaming back takes none either. */
    private void keep(Path file) throws IOException {
        if (!Files.exists(file)) {
            return;
        }
        Path name = file.resolveSibling("." + file.getFileName() + ".kept.tmp");
        Files.deleteIfExists(name);
        kept.put(file, name);
        try {
            Files.createLink(name, file);
        } catch (UnsupportedOperationException | IOException e) {
            Files.copy(file, name, StandardCopyOption.COPY_ATTRIBUTES);
        }
    }

    private void restore(Path file, IOException why) {
        try {
            if (kept.containsKey(file)) {
                AtomicFile.move(kept.get(file), file);
            } else {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            why.addSuppressed(e);
        }
    }

    /** Removes what was prepared and is not needed. */
    @Override
    public void close() throws IOException {
        for (Optional<Path> temporary : staged.values()) {
            if (temporary.isPresent()) {
                Files.deleteIfExists(temporary.get());
            }
        }
        for (Path name : kept.values()) {
            Files.deleteIfExists(name);
        }
    }
}
