package io.sluice.plugins.tls.session;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import javax.net.ssl.SSLException;

/**
 * Ends the sessions of clients that cost the server more than themselves. For the JDK's engine, which has no such bounds
 * of its own; BoringSSL has both.
 *
 * <ul>
 * <li>Who negotiates again (RFC 5746) is refused. The JDK has only a switch for the whole process, which is read before
 *     anyone could be sure to have set it. Behind its first change_cipher_spec a client sends one more handshake record
 *     that can be told from data: the Finished of TLS 1.2, or the second ClientHello of TLS 1.3 (RFC 8446 D.4). In one
 *     more, a handshake begins anew.
 * <li>So is who, after the handshake, sends more than {@value #MOST_WITHOUT_DATA} records in a row without any data in
 *     them: KeyUpdates, warnings, empty records.
 * </ul>
 *
 * <p>Stands outside of the engine's handler and looks at the headers of records, which are never encrypted;
 * {@link #inside} belongs inside of it.
 */
public final class RecordWatch extends ChannelInboundHandlerAdapter {

    /** As many as BoringSSL lets pass. */
    static final int MOST_WITHOUT_DATA = 32;

    private static final int HEADER = 5;
    private static final int CHANGE_CIPHER_SPEC = 20;
    private static final int HANDSHAKE = 22;

    private int header;
    private int length;
    private int left;
    private int type;
    private boolean ciphered;
    private boolean finished;
    private boolean established;
    private int withoutData;
    private boolean refused;

    /** Sees what comes out of the engine. */
    private final class Inside extends ChannelInboundHandlerAdapter {

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            withoutData = 0;
            context.fireChannelRead(message);
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            established |= event instanceof SslHandshakeCompletionEvent handshake && handshake.isSuccess();
            context.fireUserEventTriggered(event);
        }
    }

    /** Its other half. */
    public ChannelHandler inside() {
        return new Inside();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        if (refused || beginsAnew(bytes)) {
            bytes.release();
            refuse(context, "the client wants to negotiate again");
            return;
        }
        context.fireChannelRead(bytes);
        if (withoutData > MOST_WITHOUT_DATA) {
            refuse(context, "the client sends one record after the other without data");
        }
    }

    private void refuse(ChannelHandlerContext context, String why) {
        if (!refused) {
            refused = true;
            context.fireExceptionCaught(new SSLException(why));
        }
    }

    private boolean beginsAnew(ByteBuf bytes) {
        int at = bytes.readerIndex();
        while (at < bytes.writerIndex()) {
            if (left > 0) {
                int skipped = Math.min(left, bytes.writerIndex() - at);
                left -= skipped;
                at += skipped;
            } else if (headerByte(bytes.getUnsignedByte(at++)) && isOneTooMany()) {
                return true;
            }
        }
        return false;
    }

    /** Takes a byte of a header; whether it was the last one. */
    private boolean headerByte(int value) {
        if (header == 0) {
            type = value;
        } else if (header > 2) {
            length = (length & 0xff) << 8 | value;
        }
        header++;
        if (header < HEADER) {
            return false;
        }
        header = 0;
        left = length;
        length = 0;
        return true;
    }

    private boolean isOneTooMany() {
        boolean oneTooMany = ciphered && finished && type == HANDSHAKE;
        finished |= ciphered && type == HANDSHAKE;
        ciphered |= type == CHANGE_CIPHER_SPEC;
        withoutData += established ? 1 : 0;
        return oneTooMany;
    }
}
