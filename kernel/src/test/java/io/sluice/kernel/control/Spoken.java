package io.sluice.kernel.control;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.sluice.spi.config.Findings;
import io.sluice.spi.config.NoConfig;
import io.sluice.spi.connection.ServiceInfo;
import io.sluice.spi.protocol.ClientConnection;
import io.sluice.spi.protocol.ClientLayer;
import io.sluice.spi.protocol.ClientProtocol;
import io.sluice.spi.protocol.ListenerView;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A client's first line is the server name that it asks for; an empty line asks for none. */
final class Spoken implements ClientProtocol<NoConfig, String> {

    @Override
    public String name() {
        return "spoken";
    }

    @Override
    public Class<NoConfig> configType() {
        return NoConfig.class;
    }

    @Override
    public String prepare(NoConfig config, ServiceInfo service, Findings findings) {
        return service.id();
    }

    @Override
    public boolean tellsServerName() {
        return true;
    }

    @Override
    public ClientLayer layer(ListenerView<String> listener) {
        return connection -> connection.add(new FirstLine(connection));
    }

    private static final class FirstLine extends ByteToMessageDecoder {

        private final ClientConnection connection;

        FirstLine(ClientConnection connection) {
            this.connection = connection;
        }

        @Override
        protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
            int end = in.bytesBefore((byte) '\n');
            if (end < 0) {
                return;
            }
            String name = in.readCharSequence(end, StandardCharsets.US_ASCII).toString();
            in.skipBytes(1);
            if (!name.isEmpty()) {
                connection.learn(connection.facts().withServerName(name));
            }
            connection.proceed();
            context.pipeline().remove(this);
        }
    }
}
