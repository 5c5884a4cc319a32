package io.sluice.kernel.gateway;

import io.sluice.kernel.plan.ListenAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * The processes that listen at addresses, as far as Linux tells this user: of other users' processes it tells only root.
 * Looks through all of {@code /proc} once, so it is for the control thread, and for what rarely happens.
 */
final class PortHolder {

    // <net/tcp_states.h>, as /proc/net/tcp has it
    private static final String LISTENING = "0A";
    private static final int ADDRESS = 1;
    private static final int STATE = 3;
    private static final int INODE = 9;

    private PortHolder() {
    }

    /**
     * Name and number of the process that is in the way of each address; nothing for those with none that may be known,
     * and for what this process has itself.
     */
    static Map<ListenAddress, String> of(Collection<ListenAddress> wanted) {
        Map<String, List<ListenAddress>> sockets = new HashMap<>();
        for (String table : new String[] {"/proc/net/tcp", "/proc/net/tcp6"}) {
            listening(Path.of(table), wanted, sockets);
        }
        Map<ListenAddress, String> holders = new HashMap<>();
        if (sockets.isEmpty()) {
            return holders;
        }
        String own = Long.toString(ProcessHandle.current().pid());
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : processes) {
                if (!process.endsWith(own)) {
                    look(process, sockets, holders);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            // no /proc to look through
        }
        return holders;
    }

    private static void listening(Path table, Collection<ListenAddress> wanted, Map<String, List<ListenAddress>> sockets) {
        try {
            for (String line : Files.readAllLines(table)) {
                String[] fields = line.strip().split("\\s+");
                if (fields.length > INODE && fields[STATE].equals(LISTENING)) {
                    List<ListenAddress> here = wanted.stream().filter(address -> isInTheWay(fields[ADDRESS], address)).toList();
                    if (!here.isEmpty()) {
                        sockets.computeIfAbsent("socket:[" + fields[INODE] + "]", socket -> new ArrayList<>()).addAll(here);
                    }
                }
            }
        } catch (IOException e) {
            // another system, or one without IPv6
        }
    }

    /** A socket on all addresses is in the way of each, and any is in the way of all. */
    private static boolean isInTheWay(String bound, ListenAddress wanted) {
        if (!bound.endsWith(String.format(":%04X", wanted.port()))) {
            return false;
        }
        try {
            InetAddress there = address(bound.substring(0, bound.indexOf(':')));
            InetAddress here = InetAddress.getByName(wanted.host());
            return there.isAnyLocalAddress() || here.isAnyLocalAddress() || there.equals(here);
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /** Words of 32 bits, each as the machine has it in memory. */
    private static InetAddress address(String hex) throws UnknownHostException {
        ByteBuffer words = ByteBuffer.wrap(HexFormat.of().parseHex(hex));
        ByteBuffer bytes = ByteBuffer.allocate(words.capacity()).order(ByteOrder.nativeOrder());
        while (words.hasRemaining()) {
            bytes.putInt(words.getInt());
        }
        return InetAddress.getByAddress(bytes.array());
    }

    private static void look(Path process, Map<String, List<ListenAddress>> sockets, Map<ListenAddress, String> holders) {
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(process.resolve("fd"))) {
            for (Path descriptor : descriptors) {
                List<ListenAddress> held = sockets.get(target(descriptor));
                if (held != null) {
                    String name = Files.readString(process.resolve("comm")).strip() + " (process " + process.getFileName() + ")";
                    held.forEach(address -> holders.putIfAbsent(address, name));
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            // another user's, or it has just ended: whoever asks again finds the port free, or the next one
        }
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException e) {
            return "closed by now";
        }
    }
}
