package io.sluice.plugins.adminhttp;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.sluice.spi.admin.AdminDoor;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;

/**
 * An address and a TCP port that listen already: {@code admin.address} where another process holds the socket. It is left
 * as it came, for the next server: of this process, when the plugin is replaced, or of the next one.
 */
final class InheritedPort implements Place {

    private final ServerSocketChannel socket;
    private final AdminDoor door;

    InheritedPort(ServerSocketChannel socket, AdminDoor door) {
        this.socket = socket;
        this.door = door;
    }

    @Override
    public ChannelFuture open(ServerBootstrap clients) {
        ChannelFactory<NioServerSocketChannel> channel = () -> new NioServerSocketChannel(socket);
        return Bound.register(clients.channelFactory(channel).childOption(ChannelOption.TCP_NODELAY, true));
    }

    @Override
    public void opened(Channel listening) {
        door.opened(BindAddress.url((InetSocketAddress) listening.localAddress()));
    }

    @Override
    public void failed(Throwable cause) {
        door.failed("the inherited socket: " + cause.getMessage());
    }

    @Override
    public ChannelFuture close(Channel listening) {
        return listening.deregister();
    }
}
