import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Latency of a request and its reply, with and without somebody who reads the list of connections, at each gateway in turn:
 * {@code SECONDS NAME,PID,ECHO_PORT,PROBE_PORT,ADMIN_PORT,BASE...}.
 */
class ListCost {

    private static final int PAUSE_MILLIS = 1;
    private static final int ROUNDS = 4;

    /** How often somebody reads the whole list. */
    private enum Reading {
        NEVER("list at rest"), EACH_SECOND("once a second"), WITHOUT_PAUSE("without a pause");

        private final String shown;

        Reading(String shown) {
            this.shown = shown;
        }
    }

    /** What was measured of one way of reading at one gateway. */
    private static final class Figures {

        private final List<Long> times = new ArrayList<>();
        private long cpu;
        private int lists;
    }

    private record Gateway(String name, long pid, Socket probe, Lists lists, Map<Reading, Figures> figures) {

        static Gateway of(String text) throws Exception {
            String[] parts = text.split(",", 6);
            ServerSocket server = new ServerSocket(Integer.parseInt(parts[2]), 10, InetAddress.getLoopbackAddress());
            start(() -> echo(server));
            Socket probe = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(parts[3]));
            probe.setTcpNoDelay(true);
            String key = Files.readString(Path.of(parts[5]).resolve("data/admin-secret")).strip();
            Map<Reading, Figures> figures = new EnumMap<>(Reading.class);
            List.of(Reading.values()).forEach(reading -> figures.put(reading, new Figures()));
            return new Gateway(parts[0], Long.parseLong(parts[1]), probe, new Lists(Integer.parseInt(parts[4]), key), figures);
        }

        void measure(Reading now, int seconds) throws Exception {
            Figures to = figures.get(now);
            lists.reading = now;
            ListCost.probe(probe, 1, new ArrayList<>());
            int listsBefore = lists.read;
            long before = cpu(pid);
            ListCost.probe(probe, seconds, to.times);
            to.cpu += cpu(pid) - before;
            to.lists += lists.read - listsBefore;
            lists.reading = Reading.NEVER;
        }

        double part(Reading reading, double part) {
            return ListCost.part(figures.get(reading).times, part);
        }

        double ratio(Reading reading, double part) {
            return part(reading, part) / part(Reading.NEVER, part);
        }
    }

    /** Reads lists page by page, and takes as little of the processor for that as it can: what counts is what the gateway takes. */
    private static final class Lists {

        private static final Pattern LENGTH = Pattern.compile("(?i)content-length: (\\d+)");
        private static final Pattern NEXT = Pattern.compile("\"next\":\"([^\"]+)\"");
        private static final Pattern TOTAL = Pattern.compile("\"total\":(\\d+)");

        private final int port;
        private final String key;
        private Socket socket;
        private DataInputStream in;
        private volatile Reading reading = Reading.NEVER;
        private volatile int read;
        private volatile int total;
        private volatile IOException failed;

        Lists(int port, String key) {
            this.port = port;
            this.key = key;
            start(() -> {
                try {
                    run();
                } catch (IOException e) {
                    failed = e;
                }
            });
        }

        private void run() throws IOException, InterruptedException {
            String cursor = "";
            byte[] body = new byte[1];
            while (true) {
                if (reading == Reading.NEVER) {
                    Thread.sleep(5);
                    continue;
                }
                if (reading == Reading.EACH_SECOND && cursor.isEmpty()) {
                    Thread.sleep(1000);
                }
                if (cursor.isEmpty()) {
                    connect();
                }
                socket.getOutputStream().write(("GET /v1/connections?limit=1000" + cursor + " HTTP/1.1\r\nHost: localhost\r\n"
                        + "Authorization: Bearer " + key + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
                int length = length();
                body = body.length < length ? new byte[length] : body;
                in.readFully(body, 0, length);
                // the items stand before
                int tail = Math.max(0, length - 200);
                String end = new String(body, tail, length - tail, StandardCharsets.UTF_8);
                Matcher next = NEXT.matcher(end);
                boolean more = next.find();
                cursor = more ? "&cursor=" + next.group(1) : "";
                read += more ? 0 : 1;
                Matcher all = TOTAL.matcher(end);
                total = all.find() ? Integer.parseInt(all.group(1)) : total;
            }
        }

        /** One connection a list: one that rests for long is closed. */
        private void connect() throws IOException {
            if (socket != null) {
                socket.close();
            }
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 65536));
        }

        private int length() throws IOException {
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                head.append((char) in.readUnsignedByte());
            }
            Matcher length = LENGTH.matcher(head);
            if (!head.toString().startsWith("HTTP/1.1 200 ") || !length.find()) {
                throw new IOException(head.toString());
            }
            return Integer.parseInt(length.group(1));
        }
    }

    public static void main(String[] arguments) throws Exception {
        int seconds = Integer.parseInt(arguments[0]);
        List<Gateway> gateways = new ArrayList<>();
        for (int i = 1; i < arguments.length; i++) {
            gateways.add(Gateway.of(arguments[i]));
        }
        for (Gateway gateway : gateways) {
            // warm: a JVM's first lists are not what a year of lists costs
            gateway.lists().reading = Reading.WITHOUT_PAUSE;
            probe(gateway.probe(), 5, new ArrayList<>());
            gateway.lists().reading = Reading.NEVER;
        }
        for (int round = 0; round < ROUNDS; round++) {
            // A B C C B A: what the machine does besides is shared alike
            List<Reading> order = new ArrayList<>(List.of(Reading.values()));
            List<Gateway> turns = new ArrayList<>(gateways);
            if (round % 2 == 1) {
                Collections.reverse(order);
                Collections.reverse(turns);
            }
            for (Reading now : order) {
                for (Gateway gateway : turns) {
                    gateway.measure(now, seconds);
                }
            }
        }
        for (Gateway gateway : gateways) {
            if (gateway.lists().failed != null) {
                throw new IOException(gateway.name(), gateway.lists().failed);
            }
            print(gateway, seconds * ROUNDS);
        }
        System.exit(0);
    }

    private static void print(Gateway gateway, double time) {
        System.out.printf("%s: request and reply, %d connections%n", gateway.name(), gateway.lists().total);
        System.out.printf("%41s %10s %10s    CPU of the gateway   CPU of a list%n", "p50", "p99", "p99.9");
        double rest = gateway.figures().get(Reading.NEVER).cpu / time;
        for (Reading one : Reading.values()) {
            Figures figures = gateway.figures().get(one);
            System.out.printf("%-16s %5.1f lists a second %8.3fms %8.3fms %8.3fms %8.1f %% of a core", one.shown,
                    figures.lists / time, gateway.part(one, 0.5), gateway.part(one, 0.99), gateway.part(one, 0.999),
                    figures.cpu / time / 10);
            System.out.println(figures.lists == 0 ? ""
                    : String.format(" %9.1f ms", Math.max(0, figures.cpu - rest * time) / figures.lists));
        }
        for (Reading one : List.of(Reading.EACH_SECOND, Reading.WITHOUT_PAUSE)) {
            System.out.printf("%-16s against none: %18.2f %10.2f %10.2f%n", one.shown, gateway.ratio(one, 0.5),
                    gateway.ratio(one, 0.99), gateway.ratio(one, 0.999));
        }
    }

    private interface Task {
        void run() throws Exception;
    }

    private static void start(Task task) {
        Thread thread = new Thread(() -> {
            try {
                task.run();
            } catch (Exception e) {
                throw new IllegalStateException(e);
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
            Thread.sleep(PAUSE_MILLIS);
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
