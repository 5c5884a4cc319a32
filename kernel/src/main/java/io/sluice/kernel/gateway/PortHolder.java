package io.sluice.kernel.gateway;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The process that listens on a port, as far as Linux tells this user: of other users' processes it tells only root.
 * Looks through all of {@code /proc}, so it is for the control thread, and for what rarely happens.
 */
final class PortHolder {

    // <net/tcp_states.h>, as /proc/net/tcp has it
    private static final String LISTENING = "0A";
    private static final int ADDRESS = 1;
    private static final int STATE = 3;
    private static final int INODE = 9;

    private PortHolder() {
    }

    /** Name and number of the process; empty if there is none that may be known, or it is this one. */
    static Optional<String> of(int port) {
        Set<String> sockets = new HashSet<>();
        for (String table : new String[] {"/proc/net/tcp", "/proc/net/tcp6"}) {
            listening(Path.of(table), port, sockets);
        }
        if (sockets.isEmpty()) {
            return Optional.empty();
        }
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : processes) {
                if (holds(process, sockets)) {
                    long pid = Long.parseLong(process.getFileName().toString());
                    return pid == ProcessHandle.current().pid() ? Optional.empty()
                            : Optional.of(Files.readString(process.resolve("comm")).strip() + " (process " + pid + ")");
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            // it has just ended: whoever asks again finds the port free, or the next one
        }
        return Optional.empty();
    }

    private static void listening(Path table, int port, Set<String> sockets) {
        String end = String.format(":%04X", port);
        try {
            for (String line : Files.readAllLines(table)) {
                String[] fields = line.strip().split("\\s+");
                if (fields.length > INODE && fields[ADDRESS].endsWith(end) && fields[STATE].equals(LISTENING)) {
                    sockets.add("socket:[" + fields[INODE] + "]");
                }
            }
        } catch (IOException e) {
            // another system, or one without IPv6
        }
    }

    private static boolean holds(Path process, Set<String> sockets) {
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(process.resolve("fd"))) {
            for (Path descriptor : descriptors) {
                if (sockets.contains(target(descriptor))) {
                    return true;
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            // another user's, or it has just ended
        }
        return false;
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException e) {
            return "closed by now";
        }
    }
}
