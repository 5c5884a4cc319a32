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
import java.util.Collections;
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

    /** How often somebody reads the whole list. */
    private enum Reading {
        NEVER("list at rest"), EACH_SECOND("once a second"), WITHOUT_PAUSE("without a pause");

        private final String shown;
        private final List<Long> times = new ArrayList<>();
        private long cpu;
        private int lists;

        Reading(String shown) {
            this.shown = shown;
        }
    }

    private static final Pattern NEXT = Pattern.compile("\"next\":\"([^\"]+)\"");
    private static final Pattern TOTAL = Pattern.compile("\"total\":(\\d+)");
    private static volatile Reading reading = Reading.NEVER;
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
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[2]))) {
            socket.setTcpNoDelay(true);
            reading = Reading.WITHOUT_PAUSE;
            probe(socket, 5, new ArrayList<>());
            for (int round = 0; round < ROUNDS; round++) {
                // A B C C B A: what the machine does besides is shared alike
                List<Reading> order = new ArrayList<>(List.of(Reading.values()));
                if (round % 2 == 1) {
                    Collections.reverse(order);
                }
                for (Reading now : order) {
                    reading = now;
                    probe(socket, 1, new ArrayList<>());
                    int listsBefore = lists;
                    long before = cpu(pid);
                    probe(socket, seconds, now.times);
                    now.cpu += cpu(pid) - before;
                    now.lists += lists - listsBefore;
                }
            }
        }
        if (failed != null) {
            throw failed;
        }
        double time = seconds * ROUNDS;
        System.out.printf("request and reply, %5d connections    p50        p99      p99.9    CPU of the gateway%n", total);
        for (Reading one : Reading.values()) {
            System.out.printf("%-16s %5.1f lists a second  %7.3fms  %7.3fms  %7.3fms  %6.1f %% of a core%n", one.shown,
                    one.lists / time, part(one.times, 0.5), part(one.times, 0.99), part(one.times, 0.999), one.cpu / time / 10);
        }
        for (Reading one : List.of(Reading.EACH_SECOND, Reading.WITHOUT_PAUSE)) {
            System.out.printf("%-16s against none:      %8.2f   %8.2f   %8.2f%n", one.shown, ratio(one, 0.5), ratio(one, 0.99),
                    ratio(one, 0.999));
        }
        System.exit(0);
    }

    private static double ratio(Reading one, double part) {
        return part(one.times, part) / part(Reading.NEVER.times, part);
    }

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
            if (reading == Reading.NEVER) {
                Thread.sleep(5);
                continue;
            }
            if (reading == Reading.EACH_SECOND && cursor.isEmpty()) {
                Thread.sleep(1000);
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

    /** In milliseconds. */
    private static double part(List<Long> times, double part) {
        long[] sorted = times.stream().mapToLong(Long::longValue).toArray();
        Arrays.sort(sorted);
        return sorted[(int) (part * (sorted.length - 1))] / 1e6;
    }
}
