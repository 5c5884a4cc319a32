package io.sluice.kernel.upstream;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/** Swallows the packets of whoever connects: a listener whose queue is full and that never accepts. */
public final class BlackHole implements AutoCloseable {

    private static final int MORE_THAN_ITS_QUEUE_HOLDS = 8;

    private final ServerSocket socket;
    private final List<SocketChannel> queued = new ArrayList<>();

    /** On an address of the loopback network, so that the same port of another one is free for somebody who answers. */
    public BlackHole(String address) throws IOException {
        socket = new ServerSocket(0, 1, InetAddress.getByName(address));
        for (int i = 0; i < MORE_THAN_ITS_QUEUE_HOLDS; i++) {
            SocketChannel channel = SocketChannel.open();
            channel.configureBlocking(false);
            channel.connect(new InetSocketAddress(address, port()));
            queued.add(channel);
        }
    }

    public int port() {
        return socket.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        for (SocketChannel channel : queued) {
            channel.close();
        }
        socket.close();
    }
}
