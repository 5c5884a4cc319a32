package io.sluice.kernel.relay;

import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.WriteBufferWaterMark;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * How much is read, and when: the one place of the kernel that asks a channel to read.
 *
 * <p>Channels never read by themselves. Each {@link #more} leads to at most one read of at most {@value #LARGEST_READ}
 * bytes. A direction asks for more only while less than {@value #HIGH_WATER} bytes wait to be written, so at most 64 KiB
 * are buffered: what waits, and one read that was asked for.
 */
public final class Intake {

    static final int LARGEST_READ = 32 * 1024;
    static final int HIGH_WATER = 32 * 1024;
    private static final int LOW_WATER = 16 * 1024;

    private static final AdaptiveRecvByteBufAllocator SIZES = new AdaptiveRecvByteBufAllocator(512, 2048, LARGEST_READ);
    private static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(LOW_WATER, HIGH_WATER);

    private Intake() {
    }

    /** Prepares a channel before it is registered. */
    public static void prepare(Channel channel) {
        ChannelConfig config = channel.config();
        config.setAutoRead(false);
        config.setRecvByteBufAllocator(SIZES);
        config.setWriteBufferWaterMark(WATER_MARK);
    }

    /** Asks for one read. */
    public static void more(Channel channel) {
        channel.read();
    }

    /** Stops a listening channel from accepting for a while; afterwards it goes on if that is still wanted. */
    public static void pause(Channel listening, long millis, BooleanSupplier wanted) {
        halt(listening);
        listening.eventLoop().schedule(() -> {
            if (wanted.getAsBoolean()) {
                resume(listening);
            }
        }, millis, TimeUnit.MILLISECONDS);
    }

    /** Stops a listening channel from accepting: at once, if on its event loop. */
    public static void halt(Channel listening) {
        listening.config().setAutoRead(false);
    }

    /** Lets a listening channel accept again. */
    public static void resume(Channel listening) {
        listening.config().setAutoRead(true);
    }

    /** Whether so many bytes are held back that no more may be asked for. */
    public static boolean isFull(int held) {
        return held >= HIGH_WATER;
    }
}
