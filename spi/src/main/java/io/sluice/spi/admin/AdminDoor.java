package io.sluice.spi.admin;

import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Who may come in to operate the gateway, by the settings. The key itself stays with the kernel. Thread-safe; never
 * blocks.
 *
 * @since 1.0
 */
@ProviderType
public interface AdminDoor {

    /** Where to listen, {@code host:port}, as it was at the gateway's start; empty if it is off. */
    Optional<String> address();

    /**
     * A socket that listens on {@link #address} already, because another process holds it and has handed it over: to be
     * accepted on instead of opening the port. It is never to be closed, only left (taken off a selector), for whoever comes
     * next; until then clients wait in it. Empty if there is none.
     */
    default Optional<ServerSocketChannel> inherited() {
        return Optional.empty();
    }

    /**
     * The UNIX domain socket to listen on as well, an absolute path, as it was at the gateway's start; empty if there is
     * none. Who may connect to it is said by its file; the key is asked for as everywhere.
     */
    default Optional<Path> socket() {
        return Optional.empty();
    }

    /** The host names that requests may be for, besides loopback ones, in lower case; as the settings say now. */
    Set<String> hosts();

    /** Whether a key is the right one; compared in constant time. */
    boolean accepts(String key);

    /** The routes that plugins have mounted at this moment, none of which asks for anything twice. */
    List<AdminRoute> mounted();

    /**
     * Says where the server can be reached over TCP, for the ready file; takes back what {@link #failed} said.
     *
     * @param url {@code http://host:port}
     */
    void opened(String url);

    /** Says that it cannot be reached there now: a problem, until {@link #opened}. */
    void failed(String reason);

    /**
     * Says that {@link #socket} is open, for the ready file; takes back what {@link #socketFailed} said.
     */
    default void socketOpened() {
    }

    /**
     * Says that {@link #socket} is not open now: a problem, until {@link #socketOpened}.
     */
    default void socketFailed(String reason) {
    }
}
