package io.sluice.kernel.upstream;

import static io.sluice.kernel.Await.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/** Swallows the packets of whoever connects: a listener whose queue is full and that never accepts. */
public final class BlackHole implements AutoCloseable {

    /** One more than it is asked for. */
    private static final int ITS_QUEUE_HOLDS = 2;
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
        await("its queue is full").until(() -> queued.stream().filter(BlackHole::isConnected).count() >= ITS_QUEUE_HOLDS);
    }

    private static boolean isConnected(SocketChannel channel) {
        try {
            return channel.finishConnect();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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
