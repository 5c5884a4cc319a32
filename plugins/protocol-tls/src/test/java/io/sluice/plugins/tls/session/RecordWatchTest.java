package io.sluice.plugins.tls.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import java.util.Arrays;
import javax.net.ssl.SSLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordWatchTest {

    private static final int DATA = 23;

    /** Records of these types, of 300 bytes each, in segments of so many bytes. */
    private static void deliver(EmbeddedChannel channel, int segment, int... types) {
        ByteBuf stream = Unpooled.buffer();
        for (int type : types) {
            stream.writeByte(type).writeShort(0x0303).writeShort(300).writeZero(300);
        }
        while (stream.isReadable()) {
            channel.writeInbound(stream.readBytes(Math.min(segment, stream.readableBytes())));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 7, 304, 305, 306, 4096})
    void oneHandshakePasses(int segment) {
        for (int[] types : new int[][] {
                {22, 22, 20, 22, DATA, DATA},   // TLS 1.2: hello, key exchange, Finished
                {22, 20, 22, DATA, DATA},       // TLS 1.3 with a second hello
                {22, 20, DATA, DATA, 21}}) {
            EmbeddedChannel channel = new EmbeddedChannel(new RecordWatch());
            deliver(channel, segment, types);
            int passed = 0;
            for (ByteBuf next = channel.readInbound(); next != null; next = channel.readInbound()) {
                passed += next.readableBytes();
                next.release();
            }
            assertThat(passed).isEqualTo(305 * types.length);
            channel.finishAndReleaseAll();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 7, 304, 305, 306, 4096})
    void aSecondOneDoesNot(int segment) {
        for (int[] types : new int[][] {{22, 20, 22, 22, DATA}, {22, 20, 22, DATA, DATA, 22, DATA, 22}}) {
            EmbeddedChannel channel = new EmbeddedChannel(new RecordWatch());
            assertThatThrownBy(() -> deliver(channel, segment, types)).isInstanceOf(SSLException.class).hasMessage("the client wants to negotiate again");
            channel.finishAndReleaseAll();
        }
    }

    /** An engine that makes data of some records and nothing of others. */
    private static EmbeddedChannel established(RecordWatch watch, boolean data) {
        EmbeddedChannel channel = new EmbeddedChannel(watch, new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext context, Object message) {
                ReferenceCountUtil.release(message);
                if (data) {
                    context.fireChannelRead("data");
                }
            }
        }, watch.inside());
        channel.pipeline().firstContext().fireUserEventTriggered(SslHandshakeCompletionEvent.SUCCESS);
        return channel;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 305, 306, 100_000})
    void recordsWithoutDataAreCounted(int segment) {
        int[] most = new int[RecordWatch.MOST_WITHOUT_DATA];
        Arrays.fill(most, DATA);
        EmbeddedChannel channel = established(new RecordWatch(), false);
        deliver(channel, segment, most);
        assertThatThrownBy(() -> deliver(channel, segment, DATA)).isInstanceOf(SSLException.class)
                .hasMessage("the client sends one record after the other without data");
        channel.finishAndReleaseAll();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 305, 306, 100_000})
    void recordsWithDataAreNot(int segment) {
        int[] many = new int[10 * RecordWatch.MOST_WITHOUT_DATA];
        Arrays.fill(many, DATA);
        EmbeddedChannel channel = established(new RecordWatch(), true);
        deliver(channel, segment, many);
        channel.finishAndReleaseAll();
    }
}
