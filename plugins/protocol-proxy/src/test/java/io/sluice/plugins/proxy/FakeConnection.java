package io.sluice.plugins.proxy;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.embedded.EmbeddedChannel;
import io.sluice.spi.connection.ClientFacts;
import io.sluice.spi.connection.Refusal;
import io.sluice.spi.connection.SocketPeer;
import io.sluice.spi.protocol.ClientConnection;
import io.sluice.spi.protocol.Routing;
import java.net.InetSocketAddress;

/** A client's connection as the kernel keeps it, around an embedded channel. */
final class FakeConnection implements ClientConnection {

    final EmbeddedChannel channel = new EmbeddedChannel();
    Refusal refusal;
    int proceeded;
    private ClientFacts facts = ClientFacts.of(new SocketPeer(
            new InetSocketAddress("10.0.0.9", 5000), new InetSocketAddress("10.0.0.1", 6379)));

    @Override
    public Channel channel() {
        return channel;
    }

    @Override
    public ClientFacts facts() {
        return facts;
    }

    @Override
    public void learn(ClientFacts learnt) {
        facts = learnt;
    }

    @Override
    public void add(ChannelHandler handler) {
        channel.pipeline().addLast(handler);
    }

    @Override
    public Routing route() {
        return new Routing.Unrouted("");
    }

    @Override
    public void proceed() {
        proceeded++;
    }

    @Override
    public void refuse(Refusal why) {
        refusal = why;
    }
}
