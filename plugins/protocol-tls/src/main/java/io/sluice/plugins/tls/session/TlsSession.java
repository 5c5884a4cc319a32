package io.sluice.plugins.tls.session;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.ReferenceCountedOpenSslEngine;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.sluice.spi.protocol.EndOfStream;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

/**
 * Stands right inside an {@link SslHandler}, on the client's or the upstream's side, and translates the ends of TLS into
 * those of the kernel. Add the {@code SslHandler} to the connection first, then this.
 *
 * <p>Our end of a direction goes out as close_notify, and reading goes on. The peer's close_notify is
 * {@link EndOfStream#CLEAN} if the engine can go on sending (the JDK's with TLS 1.3, RFC 8446 6.1), else
 * {@link EndOfStream#FINAL}; an end without it is {@link EndOfStream#TRUNCATED}. Closing the channel never sends a
 * close_notify: that would turn a broken stream into a whole one.
 */
public final class TlsSession extends ChannelDuplexHandler {

    private final SslHandler tls;
    private final Listener listener;
    private boolean established;
    private boolean peerEnded;
    private boolean weEnded;
    private boolean inputShut;
    private ChannelHandlerContext outside;

    /** Who is told how the handshake went, once. On the event loop. */
    public interface Listener {

        /** The handshake is done; no application data has been passed on yet. */
        void established();

        /** It failed. An alert, if there is one to send, is on its way. */
        void failed(Throwable cause);
    }

    public TlsSession(SslHandler tls, Listener listener) {
        this.tls = tls;
        this.listener = listener;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        outside = context.pipeline().context(tls);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof SslHandshakeCompletionEvent handshake) {
            handshaken(handshake);
        } else if (event instanceof SslCloseCompletionEvent close) {
            if (close.isSuccess()) {
                peerClosed(context);
            }
        } else if (event instanceof ChannelInputShutdownEvent) {
            inputShut = true;
            inputEnded(context);
        } else {
            context.fireUserEventTriggered(event);
        }
    }

    private void handshaken(SslHandshakeCompletionEvent handshake) {
        if (handshake.isSuccess()) {
            established = true;
            listener.established();
        } else {
            listener.failed(handshake.cause());
        }
    }

    /**
     * Whether the peer has sent close_notify is the engine's word alone: with BoringSSL the event, which comes once, may
     * follow our own.
     */
    private void peerClosed(ChannelHandlerContext context) {
        if (tls.engine().isInboundDone()) {
            ended(context, weEnded || canGoOnSending() ? EndOfStream.CLEAN : EndOfStream.FINAL);
        }
    }

    private boolean canGoOnSending() {
        return !(tls.engine() instanceof ReferenceCountedOpenSslEngine)
                && tls.engine().getSession().getProtocol().equals("TLSv1.3");
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (weEnded && !peerEnded) {
            peerClosed(context);
        }
        if (inputShut) {
            inputEnded(context);
        }
        context.fireChannelReadComplete();
    }

    /** The socket has ended. What came before may still be waiting for another thread's part of the handshake. */
    private void inputEnded(ChannelHandlerContext context) {
        if (established) {
            peerClosed(context);
            ended(context, EndOfStream.TRUNCATED);
        } else if (tls.engine().getHandshakeStatus() != HandshakeStatus.NEED_TASK) {
            inputShut = false;
            context.fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
        }
    }

    private void ended(ChannelHandlerContext context, EndOfStream how) {
        if (!peerEnded && established) {
            peerEnded = true;
            context.fireUserEventTriggered(how);
        }
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (!(message instanceof EndOfStream end)) {
            context.write(message, promise);
            return;
        }
        // the engine takes no more data once its outbound side is closed: everything has to be through it before
        context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener((ChannelFuture written) -> {
            if (!written.isSuccess()) {
                promise.setFailure(written.cause());
                return;
            }
            weEnded = true;
            if (end == EndOfStream.CLEAN) {
                tls.closeOutbound();
            }
            outside.writeAndFlush(end, promise);
        });
    }

    @Override
    public void close(ChannelHandlerContext context, ChannelPromise promise) {
        outside.close(promise);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        boolean broken = cause instanceof DecoderException && cause.getCause() instanceof SSLException;
        context.fireExceptionCaught(broken ? cause.getCause() : cause);
    }
}
