import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * A target that echoes one byte, and many clients that begin and then keep silent until standard input ends:
 * {@code target PORT}, or one of these and {@code PORT COUNT}. {@code plain} and {@code tls} send a byte and wait for its
 * echo; {@code silent} sends nothing; {@code hello} sends a ClientHello of 16 KiB but for its last byte.
 */
class Hold {

    private static final int HELLO = 16 * 1024;

    public static void main(String[] arguments) throws Exception {
        int port = Integer.parseInt(arguments[1]);
        if (arguments[0].equals("target")) {
            serve(port);
        } else {
            hold(arguments[0], port, Integer.parseInt(arguments[2]));
        }
    }

    private static void serve(int port) throws IOException {
        List<Socket> kept = new ArrayList<>();
        try (ServerSocket server = new ServerSocket(port, 1000, InetAddress.getLoopbackAddress())) {
            while (true) {
                Socket socket = server.accept();
                socket.getOutputStream().write(socket.getInputStream().read());
                kept.add(socket);
            }
        }
    }

    private static void hold(String how, int port, int connections) throws IOException, GeneralSecurityException {
        SSLContext trusting = SSLContext.getInstance("TLS");
        trusting.init(null, new TrustManager[] {new TrustsAll()}, null);
        List<Socket> kept = new ArrayList<>();
        List<Socket> plain = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
            plain.add(socket);
            switch (how) {
                case "plain" -> echo(socket);
                case "tls" -> {
                    SSLSocket secure = (SSLSocket) trusting.getSocketFactory().createSocket(socket, "localhost", port, true);
                    // every handshake is a full one
                    trusting.getClientSessionContext().setSessionTimeout(1);
                    echo(secure);
                    socket = secure;
                }
                case "silent" -> { }
                case "hello" -> socket.getOutputStream().write(unfinishedHello());
                default -> throw new IllegalArgumentException(how);
            }
            kept.add(socket);
        }
        System.out.println("holding " + kept.size());
        System.in.transferTo(System.err);
        for (Socket socket : plain) {
            // a reset ends a connection at once, on both of its sides
            socket.setSoLinger(true, 0);
            socket.close();
        }
    }

    private static void echo(Socket socket) throws IOException {
        socket.getOutputStream().write('x');
        if (socket.getInputStream().read() != 'x') {
            throw new IOException("a connection was not served");
        }
    }

    /** A record as long as records may be, and one of the rest, without its last byte. */
    private static byte[] unfinishedHello() {
        ByteBuffer bytes = ByteBuffer.allocate(5 + HELLO + 5 + 3);
        bytes.put((byte) 22).putShort((short) 0x0301).putShort((short) HELLO);
        bytes.put((byte) 1).put((byte) 0).putShort((short) HELLO).position(5 + HELLO);
        bytes.put((byte) 22).putShort((short) 0x0301).putShort((short) 4);
        return bytes.array();
    }

    private record TrustsAll() implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
