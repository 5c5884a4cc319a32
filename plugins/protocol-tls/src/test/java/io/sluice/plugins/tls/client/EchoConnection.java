package io.sluice.plugins.tls.client;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.SocketChannel;
import io.sluice.spi.connection.ClientFacts;
import io.sluice.spi.connection.Refusal;
import io.sluice.spi.connection.ServiceInfo;
import io.sluice.spi.connection.SocketPeer;
import io.sluice.spi.protocol.ClientConnection;
import io.sluice.spi.protocol.ClientLayer;
import io.sluice.spi.protocol.EndOfStream;
import io.sluice.spi.protocol.Routing;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** One connection as the kernel keeps it, with an echo in the target's place. */
final class EchoConnection extends ChannelInboundHandlerAdapter implements ClientConnection {

    private final Channel channel;
    private final List<ServiceInfo> services;
    private final Port port;
    private ClientFacts facts;
    private ServiceInfo service;
    private boolean proceeded;
    private boolean refused;
    private boolean ended;

    EchoConnection(Channel channel, List<ServiceInfo> services, Port port) {
        this.channel = channel;
        this.services = services;
        this.port = port;
    }

    void open(ClientLayer layer) {
        channel.pipeline().addFirst(new OutputEnd()).addLast("tail", this);
        facts = ClientFacts.of(new SocketPeer((InetSocketAddress) channel.remoteAddress(), (InetSocketAddress) channel.localAddress()));
        layer.open(this);
        channel.read();
    }

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
        channel.pipeline().addBefore("tail", null, handler);
    }

    @Override
    public Routing route() {
        String name = facts.serverName().orElse("");
        Optional<ServiceInfo> found = services.stream().filter(one -> one.domain().equals(name)).findFirst()
                .or(() -> services.stream().filter(one -> one.domain().isEmpty()).findFirst())
                .or(() -> services.size() == 1 && name.isEmpty() ? services.stream().findFirst() : Optional.empty());
        service = found.orElse(null);
        return found.<Routing>map(Routing.Routed::new).orElseGet(() -> new Routing.Unrouted("no service answers to " + name));
    }

    @Override
    public void proceed() {
        proceeded = true;
        port.admitted.add(facts);
        channel.write(Unpooled.copiedBuffer(service.id() + "\n", StandardCharsets.US_ASCII));
        channel.flush();
    }

    @Override
    public void refuse(Refusal refusal) {
        refused = true;
        port.refusals.add(refusal);
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (!proceeded || refused || ended) {
            throw new IllegalStateException("bytes for nobody: " + ByteBufUtil.hexDump((io.netty.buffer.ByteBuf) message));
        }
        channel.write(message, channel.voidPromise());
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        channel.flush();
        if (!ended) {
            channel.read();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof EndOfStream || event instanceof ChannelInputShutdownEvent) {
            ended = true;
            port.ends.add(event);
            if (event == EndOfStream.CLEAN) {
                channel.writeAndFlush(EndOfStream.CLEAN).addListener(ChannelFutureListener.CLOSE);
            } else {
                channel.close();
            }
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        port.ends.add(cause);
        channel.close();
    }

    /** As the kernel's: an end becomes a FIN outside of all layers. */
    private static final class OutputEnd extends ChannelOutboundHandlerAdapter {
        @Override
        public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
            if (message instanceof EndOfStream) {
                context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(done ->
                        ((SocketChannel) context.channel()).shutdownOutput(promise));
            } else {
                context.write(message, promise);
            }
        }
    }
}
