package io.sluice.plugins.adminhttp;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.sluice.spi.admin.AdminDoor;
import java.net.InetSocketAddress;

/** An address and a TCP port, {@code admin.address}, which the server opens by itself. */
final class TcpPort implements Place {

    private final BindAddress address;
    private final AdminDoor door;

    TcpPort(BindAddress address, AdminDoor door) {
        this.address = address;
        this.door = door;
    }

    @Override
    public ChannelFuture open(ServerBootstrap clients) {
        return clients.channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .bind(address.resolved());
    }

    @Override
    public void opened(Channel listening) {
        door.opened(BindAddress.url((InetSocketAddress) listening.localAddress()));
    }

    @Override
    public void failed(Throwable cause) {
        door.failed(address.host() + ":" + address.port() + ": " + cause.getMessage());
    }
}
