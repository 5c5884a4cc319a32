package io.sluice.kernel.listen;

import io.sluice.kernel.plan.ListenAddress;
import io.sluice.kernel.problem.LiveProblems;
import io.sluice.kernel.problem.Place;
import io.sluice.kernel.problem.Problem;
import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The listening sockets that a service manager has handed to this process. A listener whose address one of them has
 * accepts on it; all others bind by themselves.
 */
public final class InheritedSockets {

    private static final String UNUSABLE = "inherited_socket_unusable";
    private static final String UNUSED = "inherited_socket_unused";

    private static final Logger LOG = LoggerFactory.getLogger(InheritedSockets.class);

    private final List<InheritedSocket> sockets;
    private final List<InheritedSocket> lent = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();

    InheritedSockets(List<InheritedSocket> sockets) {
        this.sockets = new ArrayList<>(sockets);
    }

    /** None at all. */
    public static InheritedSockets none() {
        return new InheritedSockets(List.of());
    }

    /** Those of this process. To be called once: they are adopted. */
    public static InheritedSockets ofThisProcess() {
        return of(System::getProperty, ProcessHandle.current().pid());
    }

    static InheritedSockets of(UnaryOperator<String> property, long process) {
        InheritedSockets inherited = none();
        try {
            Inheritance said = Inheritance.of(property);
            if (!said.names().isEmpty() && !said.isFor(process)) {
                inherited.problems.add(Problem.warning(UNUSABLE, Place.NONE, "the inherited sockets are left alone:"
                        + " LISTEN_PID: \"" + said.pid() + "\" (expected: " + process + ", the gateway's process)",
                        "a script that starts bin/sluice must do so with exec"));
            } else if (!said.names().isEmpty()) {
                inherited.adopt(said.names());
            }
        } catch (IllegalArgumentException e) {
            inherited.problems.add(Problem.warning(UNUSABLE, Place.NONE, e.getMessage(), "no socket is inherited"));
        }
        return inherited;
    }

    private void adopt(List<String> names) {
        DescriptorChannels channels;
        try {
            channels = new DescriptorChannels();
        } catch (ReflectiveOperationException | RuntimeException e) {
            problems.add(Problem.error(UNUSABLE, Place.NONE, names.size() + " inherited sockets cannot be adopted: "
                    + e.getMessage(), "start the gateway with bin/sluice of its zip on Linux and JDK 17 to 25; where that does"
                    + " not help, stop the .socket unit, so that the gateway can open these ports by itself"));
            return;
        }
        for (int i = 0; i < names.size(); i++) {
            int descriptor = Inheritance.FIRST + i;
            try {
                sockets.add(channels.adopt(descriptor, names.get(i)));
            } catch (IOException e) {
                problems.add(Problem.warning(UNUSABLE, Place.NONE, "inherited descriptor " + descriptor
                        + (names.get(i).isEmpty() ? "" : " (\"" + names.get(i) + "\")") + " is left alone: " + e.getMessage()
                        + " (expected: a listening TCP socket)",
                        "in the .socket unit, ListenStream= with a port, and Accept=no"));
            }
        }
    }

    /** Whether nothing can be adopted. */
    public boolean isEmpty() {
        return sockets.isEmpty();
    }

    /** The socket that a listener of this address accepts on. */
    Optional<InheritedSocket> serving(ListenAddress address) {
        return first(socket -> socket.address().equals(address)).or(() -> first(socket -> socket.serves(address)));
    }

    /** Gives the socket of an address, if there is one, to someone who is no listener, for as long as this process lives. */
    public Optional<ServerSocketChannel> lend(ListenAddress address, String to) {
        Optional<InheritedSocket> found = serving(address);
        found.ifPresent(socket -> {
            lent.add(socket);
            LOG.info("{} listens on {} by the inherited socket {}", to, address, socket);
        });
        return found.map(InheritedSocket::channel);
    }

    /** The socket that keeps one of this address from being bound. */
    Optional<InheritedSocket> blocking(ListenAddress address) {
        return first(socket -> socket.blocks(address));
    }

    private Optional<InheritedSocket> first(Predicate<InheritedSocket> which) {
        return sockets.stream().filter(which).findFirst();
    }

    /** Raises and clears what is wrong: with the descriptors, and with sockets that none of these addresses needs. */
    public void compare(Set<ListenAddress> wanted, LiveProblems live) {
        problems.forEach(problem -> live.raise(problem, problem.message()));
        List<InheritedSocket> used = wanted.stream().map(this::serving).flatMap(Optional::stream).toList();
        for (InheritedSocket socket : sockets) {
            String subject = "descriptor " + socket.descriptor();
            if (used.contains(socket) || lent.contains(socket)) {
                live.clear(UNUSED, "", subject);
            } else {
                live.raise(Problem.warning(UNUSED, Place.NONE, "no service listens on the inherited socket " + socket
                        + ": its clients are connected by the system, and wait",
                        "let a service have this listen_address and listen_port, or admin.address be the same, or stop the"
                                + " .socket unit and take it out"), subject);
            }
        }
    }
}
