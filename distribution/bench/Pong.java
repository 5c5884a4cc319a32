import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** Many small servers in one process: answers {@code +PONG} to whatever comes. {@code Pong FIRST_PORT COUNT}. */
final class Pong {

    private static final byte[] ANSWER = "+PONG\r\n".getBytes(StandardCharsets.US_ASCII);

    private Pong() {
    }

    public static void main(String[] arguments) throws IOException {
        int first = Integer.parseInt(arguments[0]);
        int count = Integer.parseInt(arguments[1]);
        Selector selector = Selector.open();
        for (int i = 0; i < count; i++) {
            ServerSocketChannel server = ServerSocketChannel.open();
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), first + i), 50);
            server.configureBlocking(false);
            server.register(selector, SelectionKey.OP_ACCEPT);
        }
        System.out.println("ready");
        ByteBuffer bytes = ByteBuffer.allocateDirect(4096);
        while (true) {
            selector.select(key -> serve(key, selector, bytes));
        }
    }

    private static void serve(SelectionKey key, Selector selector, ByteBuffer bytes) {
        try {
            if (key.channel() instanceof ServerSocketChannel server) {
                SocketChannel accepted = server.accept();
                if (accepted != null) {
                    accepted.configureBlocking(false);
                    accepted.register(selector, SelectionKey.OP_READ);
                }
            } else if (key.channel() instanceof SocketChannel client) {
                bytes.clear();
                if (client.read(bytes) < 0) {
                    client.close();
                } else {
                    client.write(ByteBuffer.wrap(ANSWER));
                }
            }
        } catch (IOException e) {
            key.cancel();
            try {
                key.channel().close();
            } catch (IOException ignored) {
                // it is gone already
            }
        }
    }
}
