package io.sluice.it;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A DNS server on loopback that knows one name: its SRV records, or that it does not exist. Answers live for a second. */
final class ZoneServer implements AutoCloseable {

    private static final int RESPONSE = 0x8180;
    private static final int NO_SUCH_NAME = 3;
    private static final int A = 1;
    private static final int SRV = 33;

    private final DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    private volatile List<Integer> ports = List.of();

    ZoneServer() throws IOException {
        Thread thread = new Thread(this::serve, "test-dns");
        thread.setDaemon(true);
        thread.start();
    }

    String address() {
        return "127.0.0.1:" + socket.getLocalPort();
    }

    /** From now on the service is on these ports of {@code host.test}; on none, its name does not exist. */
    void ports(Integer... now) {
        ports = List.of(now);
    }

    private void serve() {
        byte[] bytes = new byte[512];
        while (!socket.isClosed()) {
            try {
                DatagramPacket packet = new DatagramPacket(bytes, bytes.length);
                socket.receive(packet);
                byte[] answer = answer(bytes, packet.getLength());
                socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
            } catch (IOException e) {
                return;
            }
        }
    }

    /** The query's question, and the records for its type (RFC 1035 4, RFC 2782). */
    private byte[] answer(byte[] query, int length) throws IOException {
        int type = query[length - 3];
        List<Integer> now = ports;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.write(query, 0, 2);
        out.writeShort(now.isEmpty() ? RESPONSE | NO_SUCH_NAME : RESPONSE);
        out.writeShort(1);
        out.writeShort(type == A ? 1 : now.size());
        out.writeInt(0);
        out.write(query, 12, length - 12);
        if (type == A) {
            record(out, A, new byte[] {127, 0, 0, 1});
        }
        if (type == SRV) {
            for (int port : now) {
                ByteArrayOutputStream data = new ByteArrayOutputStream();
                new DataOutputStream(data).write(new byte[] {0, 0, 0, 1, (byte) (port >> 8), (byte) port});
                for (String label : List.of("host", "test")) {
                    data.write(label.length());
                    data.write(label.getBytes(StandardCharsets.US_ASCII));
                }
                data.write(0);
                record(out, SRV, data.toByteArray());
            }
        }
        return bytes.toByteArray();
    }

    /** About the name in the question, which begins at offset 12. */
    private static void record(DataOutputStream out, int type, byte[] data) throws IOException {
        out.writeShort(0xC00C);
        out.writeShort(type);
        out.writeShort(1);
        out.writeInt(1);
        out.writeShort(data.length);
        out.write(data);
    }

    @Override
    public void close() {
        socket.close();
    }
}
