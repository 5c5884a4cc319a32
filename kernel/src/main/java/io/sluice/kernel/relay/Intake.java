package io.sluice.kernel.relay;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.util.UncheckedBooleanSupplier;
import java.util.concurrent.TimeUnit;

/**
 * How much is read, and when: the one place of the kernel that asks a channel to read.
 *
 * <p>Channels never read by themselves. Each {@link #more} leads to at most one read of at most {@value #LARGEST_READ}
 * bytes. A direction asks for more only while less than {@value #HIGH_WATER} bytes wait to be written, so at most 64 KiB
 * are buffered: what waits, one read that was asked for, and one more that Netty's epoll transport does unasked when the
 * peer has ended its stream.
 *
 * <p>That last one is why the allocator below exists: once the peer's FIN has been seen, Netty reads on until the socket
 * is empty, whatever was asked for, which would be megabytes for each slow reader. Each event may fill one buffer; the
 * next gets an empty one, and what Netty then takes for the end of the stream is corrected to "nothing read".
 */
public final class Intake {

    static final int LARGEST_READ = 24 * 1024;
    static final int HIGH_WATER = 16 * 1024;
    private static final int LOW_WATER = 8 * 1024;

    private static final AdaptiveRecvByteBufAllocator SIZES = new AdaptiveRecvByteBufAllocator(512, 2048, LARGEST_READ);
    private static final RecvByteBufAllocator ALLOCATOR = () -> new OneReadPerEvent(
            (RecvByteBufAllocator.ExtendedHandle) SIZES.newHandle());
    private static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(LOW_WATER, HIGH_WATER);

    private Intake() {
    }

    /** Prepares a channel before it is registered. */
    public static void prepare(Channel channel) {
        ChannelConfig config = channel.config();
        config.setAutoRead(false);
        config.setRecvByteBufAllocator(ALLOCATOR);
        config.setWriteBufferWaterMark(WATER_MARK);
    }

    /** Asks for one read. */
    public static void more(Channel channel) {
        channel.read();
    }

    /** Stops a listening channel from accepting for a while. */
    public static void pause(Channel listening, long millis) {
        listening.config().setAutoRead(false);
        listening.eventLoop().schedule(() -> listening.config().setAutoRead(true), millis, TimeUnit.MILLISECONDS);
    }

    /** Whether so many bytes are held back that no more may be asked for. */
    public static boolean isFull(int held) {
        return held >= HIGH_WATER;
    }

    private static final class OneReadPerEvent implements RecvByteBufAllocator.ExtendedHandle {

        private final RecvByteBufAllocator.ExtendedHandle sizes;
        private boolean used;
        private boolean refused;

        OneReadPerEvent(RecvByteBufAllocator.ExtendedHandle sizes) {
            this.sizes = sizes;
        }

        @Override
        public ByteBuf allocate(ByteBufAllocator allocator) {
            if (used) {
                refused = true;
                return Unpooled.EMPTY_BUFFER;
            }
            used = true;
            return sizes.allocate(allocator);
        }

        @Override
        public void reset(ChannelConfig config) {
            used = false;
            refused = false;
            sizes.reset(config);
        }

        @Override
        public void lastBytesRead(int bytes) {
            sizes.lastBytesRead(refused ? 0 : bytes);
        }

        @Override
        public int lastBytesRead() {
            return refused ? 0 : sizes.lastBytesRead();
        }

        @Override
        public int guess() {
            return sizes.guess();
        }

        @Override
        public void incMessagesRead(int messages) {
            sizes.incMessagesRead(messages);
        }

        @Override
        public void attemptedBytesRead(int bytes) {
            sizes.attemptedBytesRead(bytes);
        }

        @Override
        public int attemptedBytesRead() {
            return sizes.attemptedBytesRead();
        }

        @Override
        public boolean continueReading() {
            return sizes.continueReading();
        }

        @Override
        public boolean continueReading(UncheckedBooleanSupplier maybeMore) {
            return sizes.continueReading(maybeMore);
        }

        @Override
        public void readComplete() {
            sizes.readComplete();
        }
    }
}
