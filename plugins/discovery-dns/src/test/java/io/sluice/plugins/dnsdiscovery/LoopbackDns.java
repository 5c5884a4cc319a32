package io.sluice.plugins.dnsdiscovery;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.dns.DatagramDnsQuery;
import io.netty.handler.codec.dns.DatagramDnsQueryDecoder;
import io.netty.handler.codec.dns.DatagramDnsResponse;
import io.netty.handler.codec.dns.DatagramDnsResponseEncoder;
import io.netty.handler.codec.dns.DefaultDnsRawRecord;
import io.netty.handler.codec.dns.DefaultDnsResponse;
import io.netty.handler.codec.dns.DnsQuery;
import io.netty.handler.codec.dns.DnsQuestion;
import io.netty.handler.codec.dns.DnsRecord;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.handler.codec.dns.DnsResponse;
import io.netty.handler.codec.dns.DnsResponseCode;
import io.netty.handler.codec.dns.DnsSection;
import io.netty.handler.codec.dns.TcpDnsQueryDecoder;
import io.netty.handler.codec.dns.TcpDnsResponseEncoder;
import io.netty.util.NetUtil;
import io.netty.util.ReferenceCountUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A real DNS server on loopback, UDP and TCP, with a zone that a test writes. */
final class LoopbackDns implements AutoCloseable {

    /** What was asked: {@code udp A name.} */
    final List<String> asked = new CopyOnWriteArrayList<>();
    volatile DnsResponseCode code = DnsResponseCode.NOERROR;
    volatile boolean truncatesUdp;
    volatile boolean silent;
    volatile int idsOff;
    private final Map<String, List<Supplier<DnsRecord>>> zone = new ConcurrentHashMap<>();
    private final Map<String, List<Supplier<DnsRecord>>> additional = new ConcurrentHashMap<>();
    private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final InetSocketAddress address;

    LoopbackDns() {
        address = bind();
    }

    /** The same free port for both. */
    private InetSocketAddress bind() {
        for (int tries = 0; tries < 50; tries++) {
            Channel udp = new Bootstrap().group(loop).channel(NioDatagramChannel.class).handler(new ChannelInitializer<>() {
                @Override
                protected void initChannel(Channel channel) {
                    channel.pipeline().addLast(new DatagramDnsQueryDecoder(), new DatagramDnsResponseEncoder(),
                            new Answering());
                }
            }).bind(InetAddress.getLoopbackAddress(), 0).syncUninterruptibly().channel();
            boolean both = new ServerBootstrap().group(loop).channel(NioServerSocketChannel.class)
                    .childHandler(new ChannelInitializer<>() {
                        @Override
                        protected void initChannel(Channel channel) {
                            channel.pipeline().addLast(new TcpDnsQueryDecoder(), new TcpDnsResponseEncoder(), new Answering());
                        }
                    }).bind(udp.localAddress()).awaitUninterruptibly().isSuccess();
            if (both) {
                return (InetSocketAddress) udp.localAddress();
            }
            udp.close().syncUninterruptibly();
        }
        throw new IllegalStateException("no port is free for both");
    }

    InetSocketAddress address() {
        return address;
    }

    /** Adds address records. */
    LoopbackDns has(String name, int ttl, String... addresses) {
        for (String text : addresses) {
            byte[] bytes = NetUtil.createByteArrayFromIpAddressString(text);
            add(zone, name, bytes.length == 4 ? DnsRecordType.A : DnsRecordType.AAAA, ttl, bytes);
        }
        return this;
    }

    LoopbackDns alias(String name, int ttl, String target) {
        return add(zone, name, DnsRecordType.CNAME, ttl, labels(target));
    }

    LoopbackDns service(String name, int ttl, int priority, int weight, int port, String target) {
        ByteBuf data = Unpooled.buffer().writeShort(priority).writeShort(weight).writeShort(port)
                .writeBytes(labels(target));
        return add(zone, name, DnsRecordType.SRV, ttl, bytes(data));
    }

    /** Adds an address record that comes along with answers about another name. */
    LoopbackDns along(String with, String name, int ttl, String target) {
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(target);
        additional.computeIfAbsent(with, key -> new CopyOnWriteArrayList<>()).add(() -> new DefaultDnsRawRecord(name,
                bytes.length == 4 ? DnsRecordType.A : DnsRecordType.AAAA, ttl, Unpooled.wrappedBuffer(bytes)));
        return this;
    }

    void forget(String name) {
        zone.remove(name);
    }

    private LoopbackDns add(Map<String, List<Supplier<DnsRecord>>> to, String name, DnsRecordType type, int ttl, byte[] data) {
        to.computeIfAbsent(name, key -> new CopyOnWriteArrayList<>())
                .add(() -> new DefaultDnsRawRecord(name, type, ttl, Unpooled.wrappedBuffer(data)));
        return this;
    }

    private static byte[] labels(String name) {
        ByteBuf out = Unpooled.buffer();
        Stream.of(name.split("\\.")).filter(label -> !label.isEmpty()).forEach(label ->
                out.writeByte(label.length()).writeBytes(label.getBytes(StandardCharsets.US_ASCII)));
        return bytes(out.writeByte(0));
    }

    private static byte[] bytes(ByteBuf buffer) {
        byte[] bytes = new byte[buffer.readableBytes()];
        buffer.readBytes(bytes);
        buffer.release();
        return bytes;
    }

    private final class Answering extends ChannelInboundHandlerAdapter {

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            try {
                DnsQuery query = (DnsQuery) message;
                DnsQuestion question = query.recordAt(DnsSection.QUESTION);
                boolean udp = query instanceof DatagramDnsQuery;
                asked.add((udp ? "udp " : "tcp ") + question.type().name() + " " + question.name());
                if (silent) {
                    return;
                }
                if (idsOff != 0) {
                    context.write(response(query, question, query.id() + idsOff & 0xFFFF, udp));
                }
                context.writeAndFlush(response(query, question, query.id(), udp));
            } finally {
                ReferenceCountUtil.release(message);
            }
        }

        private DnsResponse response(DnsQuery query, DnsQuestion question, int id, boolean udp) {
            String name = question.name().replaceAll("\\.$", "");
            List<Supplier<DnsRecord>> all = zone.get(name);
            DnsResponse response = udp ? new DatagramDnsResponse(((DatagramDnsQuery) query).recipient(),
                    ((DatagramDnsQuery) query).sender(), id) : new DefaultDnsResponse(id);
            response.setCode(all == null ? DnsResponseCode.NXDOMAIN : code);
            response.addRecord(DnsSection.QUESTION, io.netty.util.ReferenceCountUtil.retain(question));
            if (udp && truncatesUdp) {
                response.setTruncated(true);
                return response;
            }
            answer(response, name, question.type());
            additional.getOrDefault(name, List.of()).forEach(record -> response.addRecord(DnsSection.ADDITIONAL, record.get()));
            return response;
        }

        /** As a resolver that follows aliases does. */
        private void answer(DnsResponse response, String name, DnsRecordType type) {
            List<DnsRecord> records = zone.getOrDefault(name, List.of()).stream().map(Supplier::get)
                    .filter(record -> record.type().equals(type) || record.type().equals(DnsRecordType.CNAME))
                    .collect(Collectors.toList());
            records.forEach(record -> response.addRecord(DnsSection.ANSWER, record));
        }
    }

    @Override
    public void close() {
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
