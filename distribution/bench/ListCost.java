import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Latency of a request and its reply, with and without somebody who reads the list of connections:
 * {@code PID ECHO_PORT PROBE_PORT ADMIN_URL KEY_FILE SECONDS}.
 */
class ListCost {

    private static final int PAUSE_MICROS = 1000;
    private static final int ROUNDS = 4;
    private static final Pattern NEXT = Pattern.compile("\"next\":\"([^\"]+)\"");
    private static final Pattern TOTAL = Pattern.compile("\"total\":(\\d+)");
    private static volatile boolean reading;
    private static volatile int lists;
    private static volatile int total;
    private static volatile IOException failed;

    public static void main(String[] arguments) throws Exception {
        long pid = Long.parseLong(arguments[0]);
        ServerSocket server = new ServerSocket(Integer.parseInt(arguments[1]), 10, InetAddress.getLoopbackAddress());
        start(() -> echo(server));
        String key = Files.readString(Path.of(arguments[4])).strip();
        start(() -> readLists(arguments[3] + "/v1/connections", key));
        int seconds = Integer.parseInt(arguments[5]);
        List<Long> without = new ArrayList<>();
        List<Long> with = new ArrayList<>();
        long[] cpu = new long[2];
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[2]))) {
            socket.setTcpNoDelay(true);
            reading = true;
            probe(socket, 5, new ArrayList<>());
            for (int round = 0; round < 2 * ROUNDS; round++) {
                // A B B A: what the machine does besides is shared alike
                boolean now = (round & 1) != (round >> 1 & 1);
                reading = now;
                probe(socket, 1, new ArrayList<>());
                int listsBefore = lists;
                long before = cpu(pid);
                probe(socket, seconds, now ? with : without);
                cpu[now ? 1 : 0] += cpu(pid) - before;
                listed += now ? lists - listsBefore : 0;
            }
        }
        if (failed != null) {
            throw failed;
        }
        double time = seconds * ROUNDS;
        System.out.printf("%d connections; the whole list was read %.1f times a second%n", total, listed / time);
        System.out.printf("request and reply     p50        p99      p99.9    CPU of the gateway%n");
        print("list at rest", without, cpu[0] / time);
        print("list being read", with, cpu[1] / time);
        System.out.printf("ratio            %8.2f   %8.2f   %8.2f%n", part(with, 0.5) / part(without, 0.5),
                part(with, 0.99) / part(without, 0.99), part(with, 0.999) / part(without, 0.999));
        System.exit(0);
    }

    private static int listed;

    private interface Task {
        void run() throws Exception;
    }

    private static void start(Task task) {
        Thread thread = new Thread(() -> {
            try {
                task.run();
            } catch (Exception e) {
                failed = new IOException(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private static void echo(ServerSocket server) throws IOException {
        try (Socket socket = server.accept()) {
            socket.setTcpNoDelay(true);
            byte[] bytes = new byte[100];
            for (int n = socket.getInputStream().read(bytes); n > 0; n = socket.getInputStream().read(bytes)) {
                socket.getOutputStream().write(bytes, 0, n);
            }
        }
    }

    private static void readLists(String url, String key) throws Exception {
        HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        String cursor = "";
        while (true) {
            if (!reading) {
                Thread.sleep(5);
                continue;
            }
            String body = http.send(HttpRequest.newBuilder(URI.create(url + "?limit=1000" + cursor))
                    .header("Authorization", "Bearer " + key).build(), HttpResponse.BodyHandlers.ofString()).body();
            Matcher next = NEXT.matcher(body);
            boolean more = next.find();
            cursor = more ? "&cursor=" + next.group(1) : "";
            lists += more ? 0 : 1;
            Matcher all = TOTAL.matcher(body);
            total = all.find() ? Integer.parseInt(all.group(1)) : total;
        }
    }

    private static void probe(Socket socket, int seconds, List<Long> to) throws Exception {
        byte[] request = new byte[100];
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        while (System.nanoTime() < end) {
            long from = System.nanoTime();
            socket.getOutputStream().write(request);
            for (int n = 0; n < request.length;) {
                n += socket.getInputStream().read(request, n, request.length - n);
            }
            to.add(System.nanoTime() - from);
            Thread.sleep(PAUSE_MICROS / 1000);
        }
    }

    /** Milliseconds so far, as Linux counts them: ticks of 10 ms. */
    private static long cpu(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return 10 * (Long.parseLong(fields[11]) + Long.parseLong(fields[12]));
    }

    private static void print(String what, List<Long> times, double cpu) {
        System.out.printf("%-16s %7.3fms  %7.3fms  %7.3fms  %6.1f %% of a core%n", what, part(times, 0.5), part(times, 0.99),
                part(times, 0.999), cpu / 10);
    }

    /** In milliseconds. */
    private static double part(List<Long> times, double part) {
        long[] sorted = times.stream().mapToLong(Long::longValue).toArray();
        Arrays.sort(sorted);
        return sorted[(int) (part * (sorted.length - 1))] / 1e6;
    }
}
