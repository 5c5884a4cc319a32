package io.sluice.kernel.listen;

import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.Future;
import io.sluice.kernel.plan.ListenAddress;
import io.sluice.kernel.relay.Intake;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.util.Optional;

/**
 * A listening socket that another process, usually systemd, has opened and keeps. It is never closed: between two
 * listeners, and from the end of this process to the start of the next, connections wait in its backlog.
 */
final class InheritedSocket implements ListeningSocket {

    private static final String ANY_V4 = "0.0.0.0";
    private static final String ANY_V6 = "::";

    private final int descriptor;
    private final String name;
    private final boolean dual;
    private final ServerSocketChannel socket;
    private final ListenAddress address;
    private EventLoop loop;
    private NioServerSocketChannel channel;
    private Optional<ChannelHandler> accepting = Optional.empty();

    /**
     * @param name what the service manager calls it; may be empty
     * @param dual whether IPv4 clients reach it although it is an IPv6 socket
     */
    InheritedSocket(int descriptor, String name, boolean dual, ServerSocketChannel socket) throws IOException {
        this.descriptor = descriptor;
        this.name = name;
        this.dual = dual;
        this.socket = socket;
        this.address = ListenAddress.of((InetSocketAddress) socket.getLocalAddress());
    }

    /** The socket itself, for someone who is no listener. */
    ServerSocketChannel channel() {
        return socket;
    }

    ListenAddress address() {
        return address;
    }

    int descriptor() {
        return descriptor;
    }

    /** Whether it takes all connections that a socket of this address would. */
    boolean serves(ListenAddress wanted) {
        return address.equals(wanted) || address.port() == wanted.port() && dual && address.host().equals(ANY_V6)
                && wanted.host().equals(ANY_V4);
    }

    /** Whether this socket is what keeps another one of that address from being bound. */
    boolean blocks(ListenAddress wanted) {
        return address.port() == wanted.port() && (address.host().equals(wanted.host()) || isAny(address) || isAny(wanted));
    }

    private static boolean isAny(ListenAddress address) {
        return address.host().equals(ANY_V4) || address.host().equals(ANY_V6);
    }

    /** The same, with an event loop: always that which it was given first. Control thread. */
    InheritedSocket on(EventLoopGroup workers) {
        if (loop == null) {
            loop = workers.next();
        }
        return this;
    }

    @Override
    public EventLoop loop() {
        return loop;
    }

    @Override
    public Future<?> open(ChannelHandler accept) {
        if (channel != null && !channel.isOpen()) {
            return loop.newFailedFuture(new ClosedChannelException());
        }
        accepting = Optional.of(accept);
        if (channel == null) {
            channel = new NioServerSocketChannel(socket);
            channel.pipeline().addLast(accept);
            return loop.register(channel);
        }
        channel.pipeline().addLast(accept);
        Intake.resume(channel);
        return loop.newSucceededFuture(null);
    }

    @Override
    public Future<?> close() {
        accepting.ifPresent(accept -> {
            Intake.halt(channel);
            // a channel that was closed underneath has let go of its handlers already
            if (channel.pipeline().context(accept) != null) {
                channel.pipeline().remove(accept);
            }
        });
        accepting = Optional.empty();
        return loop.newSucceededFuture(null);
    }

    /** {@code [::]:443 (descriptor 3, "web")}. */
    @Override
    public String toString() {
        return address + " (descriptor " + descriptor + (name.isEmpty() ? "" : ", \"" + name + "\"") + ")";
    }
}
