package io.sluice.plugins.tls.upstream;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.sluice.spi.protocol.UpstreamConnection;

/** Says what a target did that ends its stream in the middle of the handshake. Stands in the pipeline until that is over. */
final class EndDuringHandshake extends ChannelInboundHandlerAdapter {

    private final UpstreamConnection connection;

    EndDuringHandshake(UpstreamConnection connection) {
        this.connection = connection;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            connection.fail("it ended the connection during the TLS handshake (it may not speak TLS on this port)");
        } else {
            context.fireUserEventTriggered(event);
        }
    }
}
