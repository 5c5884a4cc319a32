package io.sluice.kernel.upstream;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringServerSocketChannel;
import io.netty.channel.uring.IoUringSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.sluice.kernel.config.Settings;
import java.util.function.Supplier;

/**
 * How sockets are driven.
 *
 * @param name   {@code io_uring} or {@code nio}
 * @param io     makes what an event loop waits on
 * @param server makes listening channels
 * @param client makes connecting channels
 */
public record Transport(String name, Supplier<IoHandlerFactory> io, ChannelFactory<? extends ServerChannel> server,
        ChannelFactory<? extends Channel> client) {

    /**
     * What the settings ask for, or the nearest that there is. {@code auto} and {@code epoll} are NIO: with Netty 4.2.18 an
     * epoll channel whose input has ended can never wait for its output again, so a client that ends its stream and then
     * reads a long reply would lose it (decision 0001).
     */
    public static Transport of(Settings.Transport wanted) {
        if (wanted == Settings.Transport.IO_URING && IoUring.isAvailable()) {
            return new Transport("io_uring", IoUringIoHandler::newFactory, IoUringServerSocketChannel::new,
                    IoUringSocketChannel::new);
        }
        return new Transport("nio", NioIoHandler::newFactory, NioServerSocketChannel::new, NioSocketChannel::new);
    }

    /** Event loops for connections; 0 = one per core. */
    public EventLoopGroup loops(int workers) {
        int threads = workers > 0 ? workers : Runtime.getRuntime().availableProcessors();
        return new MultiThreadIoEventLoopGroup(threads, new DefaultThreadFactory("sluice-worker"), io.get());
    }

    /** One event loop for probes, so that no connection waits for them. */
    public EventLoopGroup probeLoop() {
        return new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("sluice-probes", true), io.get());
    }
}
