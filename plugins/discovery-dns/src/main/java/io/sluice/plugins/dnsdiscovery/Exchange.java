package io.sluice.plugins.dnsdiscovery;

import io.netty.handler.codec.dns.DnsRecordType;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;

/**
 * One question to one server: over UDP, and over TCP if the answer is truncated (RFC 7766). Blocking, with a deadline. An
 * answer counts only from the server's own address, with the query's id and question: ids and ports are hard to guess.
 */
final class Exchange {

    private static final int LARGEST = 65_535;

    private final Duration timeout;
    private final SecureRandom random = new SecureRandom();
    private volatile Closeable open;
    private volatile boolean closed;

    Exchange(Duration timeout) {
        this.timeout = timeout;
    }

    Message ask(InetSocketAddress server, String name, DnsRecordType type) throws IOException {
        int id = random.nextInt(1 << 16);
        byte[] query = Message.query(id, name, type);
        Message answer = overUdp(server, query, id, name, System.nanoTime() + timeout.toNanos());
        return answer.truncated() ? overTcp(server, query, id, name, System.nanoTime() + timeout.toNanos()) : answer;
    }

    private Message overUdp(InetSocketAddress server, byte[] query, int id, String name, long until) throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            opened(socket);
            socket.connect(server);
            socket.send(new DatagramPacket(query, query.length));
            byte[] bytes = new byte[LARGEST];
            while (true) {
                DatagramPacket packet = new DatagramPacket(bytes, bytes.length);
                socket.setSoTimeout(left(until));
                socket.receive(packet);
                Optional<Message> answer = Message.read(bytes, packet.getLength()).filter(m -> answers(m, id, name));
                if (answer.isPresent()) {
                    return answer.get();
                }
            }
        } finally {
            open = null;
        }
    }

    private Message overTcp(InetSocketAddress server, byte[] query, int id, String name, long until) throws IOException {
        try (Socket socket = new Socket()) {
            opened(socket);
            socket.connect(server, left(until));
            byte[] framed = new byte[query.length + 2];
            framed[0] = (byte) (query.length >> 8);
            framed[1] = (byte) query.length;
            System.arraycopy(query, 0, framed, 2, query.length);
            socket.getOutputStream().write(framed);
            DataInputStream in = new DataInputStream(socket.getInputStream());
            socket.setSoTimeout(left(until));
            byte[] bytes = new byte[in.readUnsignedShort()];
            for (int read = 0; read < bytes.length; ) {
                socket.setSoTimeout(left(until));
                int more = in.read(bytes, read, bytes.length - read);
                if (more < 0) {
                    throw new EOFException("the answer ends too early");
                }
                read += more;
            }
            return Message.read(bytes, bytes.length).filter(m -> answers(m, id, name))
                    .orElseThrow(() -> new IOException("the answer is none to the question"));
        } finally {
            open = null;
        }
    }

    private static boolean answers(Message message, int id, String name) {
        return message.id() == id && message.question().equals(Message.plain(name));
    }

    private void opened(Closeable socket) throws IOException {
        open = socket;
        if (closed) {
            throw new IOException("no longer asked");
        }
    }

    /** What is left of the time, in milliseconds; at least one. */
    private static int left(long until) throws SocketTimeoutException {
        long left = until - System.nanoTime();
        if (left <= 0) {
            throw new SocketTimeoutException("no answer in time");
        }
        return (int) Math.max(1, left / 1_000_000);
    }

    /** Makes {@link #ask} fail; any thread. */
    void close() {
        closed = true;
        Closeable socket = open;
        if (socket != null) {
            try {
                socket.close();
            } catch (IOException e) {
                // it is closed all the same
            }
        }
    }

    boolean isClosed() {
        return closed;
    }
}
