package io.sluice.kernel.listen;

import java.io.FileDescriptor;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.spi.SelectorProvider;

/**
 * Makes channels of the numbers of listening sockets. Java has no public way to do this, so this class, and no other,
 * reaches into {@code sun.nio.ch}; the launcher opens that package when there are sockets to inherit. JDK 17 to 25 have
 * the same members, which {@code System.inheritedChannel()} uses too.
 */
final class DescriptorChannels {

    // <asm-generic/socket.h> and <linux/in6.h>
    private static final int SOL_SOCKET = 1;
    private static final int SO_TYPE = 3;
    private static final int SO_ACCEPTCONN = 30;
    private static final int SO_DOMAIN = 39;
    private static final int IPPROTO_IPV6 = 41;
    private static final int IPV6_V6ONLY = 26;
    private static final int SOCK_STREAM = 1;
    private static final int AF_INET = 2;
    private static final int AF_INET6 = 10;

    private final Constructor<?> channel;
    private final Method descriptor;
    private final Method option;

    /**
     * @throws ReflectiveOperationException  if this JDK has other members
     * @throws RuntimeException              if it does not open them, or the system's numbers are not known
     */
    DescriptorChannels() throws ReflectiveOperationException {
        if (!System.getProperty("os.name").equals("Linux")) {
            throw new UnsupportedOperationException("the system is " + System.getProperty("os.name") + ", not Linux");
        }
        channel = Class.forName("sun.nio.ch.ServerSocketChannelImpl").getDeclaredConstructor(SelectorProvider.class,
                ProtocolFamily.class, FileDescriptor.class, boolean.class);
        descriptor = Class.forName("sun.nio.ch.IOUtil").getDeclaredMethod("newFD", int.class);
        option = Class.forName("sun.nio.ch.Net").getDeclaredMethod("getIntOption0", FileDescriptor.class, boolean.class,
                int.class, int.class);
        channel.setAccessible(true);
        descriptor.setAccessible(true);
        option.setAccessible(true);
    }

    /**
     * Adopts a socket, which is left alone if it is none that listens.
     *
     * @throws IOException if it is none, with a message that says what it is instead
     */
    InheritedSocket adopt(int number, String name) throws IOException {
        FileDescriptor fd = (FileDescriptor) call(() -> descriptor.invoke(null, number));
        if (option(fd, SOL_SOCKET, SO_TYPE) != SOCK_STREAM) {
            throw new IOException("it carries datagrams or packets, not a stream");
        }
        int domain = option(fd, SOL_SOCKET, SO_DOMAIN);
        if (domain != AF_INET && domain != AF_INET6) {
            throw new IOException("it is a socket without IP address and port");
        }
        if (option(fd, SOL_SOCKET, SO_ACCEPTCONN) == 0) {
            throw new IOException("it is a socket that does not listen");
        }
        ProtocolFamily family = domain == AF_INET6 ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET;
        boolean dual = domain == AF_INET6 && option(fd, IPPROTO_IPV6, IPV6_V6ONLY) == 0;
        return new InheritedSocket(number, name, dual, (ServerSocketChannel) call(() ->
                channel.newInstance(SelectorProvider.provider(), family, fd, true)));
    }

    private int option(FileDescriptor fd, int level, int number) throws IOException {
        return (int) call(() -> option.invoke(null, fd, false, level, number));
    }

    private interface Reflected {
        Object get() throws ReflectiveOperationException;
    }

    private static Object call(Reflected member) throws IOException {
        try {
            return member.get();
        } catch (InvocationTargetException e) {
            throw new IOException(e.getCause().getMessage(), e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IOException(e.toString(), e);
        }
    }
}
