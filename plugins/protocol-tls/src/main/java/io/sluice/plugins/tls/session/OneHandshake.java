package io.sluice.plugins.tls.session;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import javax.net.ssl.SSLException;

/**
 * Refuses clients that negotiate again (RFC 5746), which costs the server more than them. For the JDK's engine: BoringSSL
 * does so by itself, and the JDK has only a switch for the whole process, which is read before anyone could be sure to
 * have set it. Stands outside of the engine's handler and looks at the headers of records, which are never encrypted.
 *
 * <p>Behind its first change_cipher_spec a client sends one more handshake record that can be told from data: the Finished
 * of TLS 1.2, or the second ClientHello of TLS 1.3 (RFC 8446 D.4). In one more, a handshake begins anew.
 */
public final class OneHandshake extends ChannelInboundHandlerAdapter {

    private static final int HEADER = 5;
    private static final int CHANGE_CIPHER_SPEC = 20;
    private static final int HANDSHAKE = 22;

    private int header;
    private int length;
    private int left;
    private int type;
    private boolean ciphered;
    private boolean finished;
    private boolean refused;

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        if (refused || beginsAnew(bytes)) {
            bytes.release();
            if (!refused) {
                refused = true;
                context.fireExceptionCaught(new SSLException("the client wants to negotiate again"));
            }
            return;
        }
        context.fireChannelRead(bytes);
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
        return oneTooMany;
    }
}
