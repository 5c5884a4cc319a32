package io.sluice.kernel.listen;

import java.io.IOException;
import java.lang.reflect.Method;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.Channel;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayList;
import java.util.List;

/** Descriptors of this process that are adopted as if another process had left them. */
public final class Descriptors {

    private Descriptors() {
    }

    /** A channel's descriptor. */
    static int of(Channel channel) {
        try {
            Method number = Class.forName("sun.nio.ch.SelChImpl").getMethod("getFDVal");
            number.setAccessible(true);
            return (int) number.invoke(channel);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    /**
     * Adopts sockets that listen on these addresses. Whoever closes the event loop of one closes its descriptor, so the
     * channels that they are made of are left open.
     */
    public static InheritedSockets adopted(InetSocketAddress... addresses) throws IOException {
        List<InheritedSocket> sockets = new ArrayList<>();
        for (InetSocketAddress address : addresses) {
            sockets.add(adopt(of(listening(address))));
        }
        return new InheritedSockets(sockets);
    }

    static ServerSocketChannel listening(InetSocketAddress address) throws IOException {
        return ServerSocketChannel.open(address.getAddress().getAddress().length == 4 && !address.getAddress().isAnyLocalAddress()
                ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6).bind(address);
    }

    static InheritedSocket adopt(int descriptor) throws IOException {
        try {
            return new DescriptorChannels().adopt(descriptor, "");
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }
}
