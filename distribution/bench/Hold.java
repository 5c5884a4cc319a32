import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** A target that echoes one byte, and many clients that each send one and then keep silent until standard input ends. */
class Hold {

    public static void main(String[] arguments) throws Exception {
        int port = Integer.parseInt(arguments[1]);
        if (arguments[0].equals("target")) {
            serve(port);
        } else {
            hold(port, Integer.parseInt(arguments[2]));
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

    private static void hold(int port, int connections) throws IOException {
        List<Socket> kept = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.getOutputStream().write('x');
            if (socket.getInputStream().read() != 'x') {
                throw new IOException("connection " + i + " was not served");
            }
            kept.add(socket);
        }
        System.out.println("holding " + kept.size());
        System.in.transferTo(System.err);
    }
}
