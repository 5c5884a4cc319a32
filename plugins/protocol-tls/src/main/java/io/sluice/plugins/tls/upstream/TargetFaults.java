package io.sluice.plugins.tls.upstream;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.sluice.spi.protocol.UpstreamConnection;
import javax.net.ssl.SSLException;

/**
 * Says in words what a target did wrong besides the handshake itself: ended its stream in the middle of it, or sent an
 * alert afterwards, as it does in TLS 1.3 when it does not like the client's certificate.
 */
final class TargetFaults extends ChannelInboundHandlerAdapter {

    private final UpstreamConnection connection;
    private final Offer offer;
    private boolean established;

    TargetFaults(UpstreamConnection connection, Offer offer) {
        this.connection = connection;
        this.offer = offer;
    }

    void established() {
        established = true;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof ChannelInputShutdownEvent && !established) {
            connection.fail("it ended the connection during the TLS handshake (it may not speak TLS on this port)");
        } else {
            context.fireUserEventTriggered(event);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.fireExceptionCaught(cause instanceof SSLException
                ? new SSLException(Failures.sentence(cause, offer.versions()), cause) : cause);
    }
}
