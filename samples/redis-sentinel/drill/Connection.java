import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** As much of a Redis client as a drill needs. */
final class Connection implements AutoCloseable {

    private final Socket socket = new Socket();
    private final InputStream in;

    Connection(int port, int timeout) throws IOException {
        socket.connect(new InetSocketAddress("127.0.0.1", port), 5000);
        socket.setSoTimeout(timeout);
        in = new BufferedInputStream(socket.getInputStream());
    }

    /** The reply's first line, or the text of a bulk string. */
    String call(String command) throws IOException {
        socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
        String line = line();
        return line.startsWith("$") && !line.equals("$-1")
                ? new String(in.readNBytes(Integer.parseInt(line.substring(1)) + 2), StandardCharsets.UTF_8) : line;
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new IOException("closed");
            }
            if (b != '\r') {
                line.append((char) b);
            }
        }
        return line.toString();
    }

    /** The value of a line {@code name:value}; empty if there is none. */
    static String field(String info, String name) {
        return info.lines().filter(line -> line.startsWith(name + ":")).map(line -> line.substring(name.length() + 1))
                .findFirst().orElse("");
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
