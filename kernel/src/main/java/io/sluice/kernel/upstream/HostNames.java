package io.sluice.kernel.upstream;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.resolver.ResolvedAddressTypes;
import io.netty.resolver.dns.DnsNameResolver;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.util.NetUtil;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Host names of targets: the hosts file, then DNS with its TTL (1 s to 5 min), on an event loop of its own. The last
 * good addresses of a name are kept when it cannot be resolved any more. Thread-safe.
 */
public final class HostNames implements AutoCloseable {

    private static final int LEAST_TTL = 1;
    private static final int GREATEST_TTL = 300;
    private static final int NEGATIVE_TTL = 1;
    private static final long QUERY_MILLIS = 2000;

    private final ConcurrentHashMap<String, List<InetAddress>> lastGood = new ConcurrentHashMap<>();
    private EventLoopGroup loop;
    private DnsNameResolver resolver;

    /** The addresses of a host, best first. Never waits; the stage may complete on a thread of the resolver's. */
    public CompletionStage<List<InetAddress>> resolve(String host) {
        byte[] literal = NetUtil.createByteArrayFromIpAddressString(host);
        if (literal != null) {
            return CompletableFuture.completedFuture(List.of(address(host, literal)));
        }
        CompletableFuture<List<InetAddress>> result = new CompletableFuture<>();
        resolver().resolveAll(host).addListener((Future<List<InetAddress>> resolved) -> {
            if (resolved.isSuccess() && !resolved.getNow().isEmpty()) {
                List<InetAddress> addresses = List.copyOf(resolved.getNow());
                lastGood.put(host, addresses);
                result.complete(addresses);
            } else if (lastGood.containsKey(host)) {
                result.complete(lastGood.get(host));
            } else {
                result.completeExceptionally(new UnknownHostException("cannot resolve " + host));
            }
        });
        return result;
    }

    private static InetAddress address(String host, byte[] literal) {
        try {
            return InetAddress.getByAddress(literal);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(host, e);
        }
    }

    /** Made at the first name: a gateway whose targets are literals never pays for it. */
    private synchronized DnsNameResolver resolver() {
        if (resolver == null) {
            IoHandlerFactory io = NioIoHandler.newFactory();
            loop = new MultiThreadIoEventLoopGroup(1, HostNames::daemon, io);
            resolver = new DnsNameResolverBuilder(loop.next())
                    .datagramChannelType(NioDatagramChannel.class)
                    .socketChannelType(NioSocketChannel.class)
                    .resolvedAddressTypes(ResolvedAddressTypes.IPV4_PREFERRED)
                    .ttl(LEAST_TTL, GREATEST_TTL).negativeTtl(NEGATIVE_TTL).queryTimeoutMillis(QUERY_MILLIS)
                    .build();
        }
        return resolver;
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "sluice-names");
        thread.setDaemon(true);
        return thread;
    }

    /** Forgets names that no plan has any more. */
    public void keep(Set<String> hosts) {
        lastGood.keySet().retainAll(hosts);
    }

    @Override
    public synchronized void close() {
        if (resolver != null) {
            resolver.close();
            loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        }
    }
}
