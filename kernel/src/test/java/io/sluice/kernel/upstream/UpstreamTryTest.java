package io.sluice.kernel.upstream;

import static io.sluice.kernel.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.sluice.kernel.config.Settings;
import io.sluice.kernel.relay.Relay.Side;
import io.sluice.kernel.relay.Tail;
import io.sluice.spi.connection.TargetAddress;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A host with several addresses: each has its share of the time. */
class UpstreamTryTest {

    private static final String SWALLOWS = "127.0.0.2";
    private static final String ANSWERS = "127.0.0.1";

    private final Transport transport = Transport.of(Settings.Transport.NIO);
    private final EventLoopGroup loops = transport.loops(1);
    private final List<Channel> channels = new ArrayList<>();
    private BlackHole hole;
    private ServerSocket answering;

    @BeforeEach
    void start() throws Exception {
        while (answering == null) {
            hole = new BlackHole(SWALLOWS);
            try {
                answering = new ServerSocket(hole.port(), 50, InetAddress.getByName(ANSWERS));
            } catch (BindException taken) {
                hole.close();
            }
        }
    }

    @AfterEach
    void stop() throws Exception {
        channels.forEach(Channel::close);
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
        answering.close();
        hole.close();
    }

    @Test
    void addressThatSwallowsPacketsLeavesTimeForTheNext() throws Exception {
        answersInTheEnd(SWALLOWS, ANSWERS);
        answersInTheEnd(SWALLOWS, SWALLOWS, ANSWERS);
    }

    @Test
    void allOfThemTogetherHaveTheTimeOfOneTry() throws Exception {
        assertThat(outcome(Duration.ofMillis(300), SWALLOWS, SWALLOWS)).isEqualTo("no answer within 300 ms");
        assertThat(outcome(Duration.ofMillis(300), SWALLOWS)).isEqualTo("no answer within 300 ms");
    }

    /** At the first try, unless the machine stalls for all the time that the others have left. */
    private void answersInTheEnd(String... addresses) {
        await().until(() -> outcome(Duration.ofSeconds(3), addresses).equals(ANSWERS));
    }

    /** The address that was connected, or why none was. */
    private String outcome(Duration connect, String... addresses) throws Exception {
        CompletableFuture<String> outcome = new CompletableFuture<>();
        UpstreamTry.Listener listener = new UpstreamTry.Listener() {
            @Override
            public void opened(Channel channel, Tail tail) {
                channels.add(channel);
                outcome.complete(((InetSocketAddress) channel.remoteAddress()).getAddress().getHostAddress());
            }

            @Override
            public void failed(String reason, UpstreamTry.Fault fault) {
                outcome.complete(reason);
            }

            @Override
            public Tail.Listener events() {
                return new Unheard();
            }
        };
        Dial.Network network = new Dial.Network(transport, host -> CompletableFuture.completedFuture(parsed(addresses)));
        UpstreamTry.Aim aim = new UpstreamTry.Aim(new TargetAddress("many.test", hole.port()), List.of(), connect,
                Duration.ZERO, Optional.empty(), "1");
        var loop = loops.next();
        loop.execute(() -> new UpstreamTry(aim, loop, network, listener).start());
        return outcome.get(60, TimeUnit.SECONDS);
    }

    private static List<InetAddress> parsed(String... addresses) {
        List<InetAddress> parsed = new ArrayList<>();
        try {
            for (String address : addresses) {
                parsed.add(InetAddress.getByName(address));
            }
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
        return parsed;
    }

    private static final class Unheard implements Tail.Listener {
        @Override
        public void endedEarly(Side side) {
        }

        @Override
        public void failed(Side side, Throwable cause) {
        }

        @Override
        public void closed(Side side) {
        }
    }
}
