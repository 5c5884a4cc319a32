package io.sluice.kernel.plugin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The files of the plugins folders: what is there, and what stands still. A file counts when two looks in a row see the
 * same, because a copy may be in progress; one that is older than a moment stands still at the first look.
 */
final class PluginFiles {

    private static final Duration SETTLED = Duration.ofSeconds(2);

    private final List<Path> folders;
    private Map<Path, String> seen = Map.of();

    PluginFiles(List<Path> folders) {
        this.folders = List.copyOf(folders);
    }

    /**
     * What is there.
     *
     * @param marks  a mark for each file or folder that stands still; another mark means another content
     * @param moving those that do not stand still yet
     */
    record Look(Map<Path, String> marks, List<Path> moving) {
    }

    /** Names that are never looked at. */
    static boolean isIgnored(Path file) {
        String name = file.getFileName().toString();
        return name.startsWith(".") || name.endsWith(".tmp") || name.endsWith(".part");
    }

    Look look() {
        Map<Path, String> now = new LinkedHashMap<>();
        List<Path> young = new ArrayList<>();
        for (Path folder : folders) {
            for (Path file : list(folder)) {
                now.put(file, mark(file, young));
            }
        }
        Map<Path, String> still = new LinkedHashMap<>();
        List<Path> moving = new ArrayList<>();
        now.forEach((file, mark) -> {
            if (mark.equals(seen.get(file)) || !young.contains(file) && !seen.containsKey(file)) {
                still.put(file, mark);
            } else {
                moving.add(file);
            }
        });
        seen = now;
        return new Look(still, moving);
    }

    private static List<Path> list(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(file -> !isIgnored(file))
                    .filter(file -> Files.isDirectory(file) || file.getFileName().toString().endsWith(".jar"))
                    .sorted().toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    private static String mark(Path file, List<Path> young) {
        try {
            StringBuilder mark = new StringBuilder();
            for (Path part : Files.isDirectory(file) ? Vetting.jarsIn(file) : List.of(file)) {
                BasicFileAttributes a = Files.readAttributes(part, BasicFileAttributes.class);
                FileTime modified = a.lastModifiedTime();
                if (Duration.between(modified.toInstant(), Instant.now()).compareTo(SETTLED) < 0 && !young.contains(file)) {
                    young.add(file);
                }
                mark.append(part.getFileName()).append(' ').append(a.size()).append(' ')
                        .append(modified.to(TimeUnit.NANOSECONDS)).append(' ').append(a.fileKey()).append('\n');
            }
            return mark.toString();
        } catch (IOException e) {
            return "unreadable";
        }
    }
}
