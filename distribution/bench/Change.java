import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Changes one service of many, again and again, at each gateway in turn, and prints what it took:
 * {@code SERVICES ROUNDS NAME,PID,ADMIN_PORT,BASE...}. CPU is that of the control thread alone, as {@code jcmd} tells it.
 */
class Change {

    private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final Pattern CPU = Pattern.compile("\"sluice-control\".* cpu=([0-9.]+)ms");
    private static final Pattern REVISION = Pattern.compile("\"revision\" ?: ?(\\d+)");
    private static final int REST_MILLIS = 10_000;
    private static int idle = 60;

    /** What was measured at one gateway, in milliseconds each. */
    private record Figures(List<Double> put, List<Double> edit, double[] cpu) {
    }

    private record Gateway(String name, String pid, int port, Path base, String key, Figures figures) {

        static Gateway of(String text) throws IOException {
            String[] parts = text.split(",", 4);
            Path base = Path.of(parts[3]);
            return new Gateway(parts[0], parts[1], Integer.parseInt(parts[2]), base,
                    Files.readString(base.resolve("data/admin-secret")).strip(),
                    new Figures(new ArrayList<>(), new ArrayList<>(), new double[3]));
        }

        String send(String method, String path, String body) throws Exception {
            HttpResponse<String> response = HTTP.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                    .header("Authorization", "Bearer " + key).header("If-Match", "*")
                    .method(method, HttpRequest.BodyPublishers.ofString(body)).build(), HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() >= 300) {
                throw new IOException(method + " " + path + ": " + response.statusCode() + " " + response.body());
            }
            return response.body();
        }

        String changed(int service) {
            return "{ \"name\": \"s" + service + "\", \"api_id\": \"s" + service + "\", \"listen_port\": " + (port + 1 + service)
                    + ", \"protocol\": \"tcp\", \"proxy\": { \"target_url\": \"127.0.0.1:9\", \"timeouts\": { \"idle\": " + idle + " } } }\n";
        }

        double put(int service) throws Exception {
            String body = changed(service);
            long from = System.nanoTime();
            send("PUT", "/v1/services/s" + service, body);
            return (System.nanoTime() - from) / 1e6;
        }

        double edit(int service) throws Exception {
            long revision = revision();
            Path file = base.resolve("conf/services/s" + service + ".json");
            Path temporary = Files.writeString(file.resolveSibling(".edited.tmp"), changed(service));
            long from = System.nanoTime();
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            while (revision() == revision) {
                Thread.sleep(5);
            }
            return (System.nanoTime() - from) / 1e6;
        }

        long revision() throws Exception {
            Matcher matcher = REVISION.matcher(send("GET", "/v1/status", ""));
            matcher.find();
            return Long.parseLong(matcher.group(1));
        }

        /** CPU milliseconds of the control thread so far. */
        double cpu() throws Exception {
            String home = System.getenv("JAVA_HOME");
            Process jcmd = new ProcessBuilder(home == null ? "jcmd" : home + "/bin/jcmd", pid, "Thread.print").start();
            Matcher matcher = CPU.matcher(new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
            if (!matcher.find()) {
                throw new IOException("no control thread in " + pid);
            }
            return Double.parseDouble(matcher.group(1));
        }
    }

    public static void main(String[] arguments) throws Exception {
        int services = Integer.parseInt(arguments[0]);
        int rounds = Integer.parseInt(arguments[1]);
        List<Gateway> gateways = new ArrayList<>();
        for (int i = 2; i < arguments.length; i++) {
            gateways.add(Gateway.of(arguments[i]));
        }
        // warm: a JVM's first changes are not what a year of changes costs
        for (int i = 0; i < 100; i++) {
            idle++;
            for (Gateway gateway : gateways) {
                gateway.put(i % services);
            }
        }
        double[] puts = cpu(gateways);
        for (int i = 0; i < rounds; i++) {
            idle++;
            for (Gateway gateway : gateways) {
                gateway.figures().put().add(gateway.put((i * 7919 + 13) % services));
            }
        }
        double[] rest = cpu(gateways);
        Thread.sleep(REST_MILLIS);
        double[] edits = cpu(gateways);
        long from = System.nanoTime();
        for (int i = 0; i < rounds / 4; i++) {
            idle++;
            for (Gateway gateway : gateways) {
                gateway.figures().edit().add(gateway.edit((i * 7919 + 13) % services));
            }
        }
        double took = (System.nanoTime() - from) / 1e6;
        double[] end = cpu(gateways);
        for (int i = 0; i < gateways.size(); i++) {
            double[] cpu = gateways.get(i).figures().cpu();
            cpu[0] = (rest[i] - puts[i]) / rounds;
            cpu[1] = (edits[i] - rest[i]) / REST_MILLIS;
            cpu[2] = Math.max(0, end[i] - edits[i] - cpu[1] * took) / (rounds / 4);
        }
        print(gateways, services, rounds);
    }

    private static double[] cpu(List<Gateway> gateways) throws Exception {
        double[] all = new double[gateways.size()];
        for (int i = 0; i < all.length; i++) {
            all[i] = gateways.get(i).cpu();
        }
        return all;
    }

    private static void print(List<Gateway> gateways, int services, int rounds) {
        System.out.println(rounds + " changes of one of " + services + " services by the API, " + rounds / 4 + " of files");
        System.out.printf("%-46s", "");
        gateways.forEach(gateway -> System.out.printf("%12s", gateway.name()));
        System.out.println(gateways.size() == 2 ? "       ratio" : "");
        line("PUT until it is answered, median", "ms", gateways, figures -> part(figures.put(), 0.5));
        line("PUT until it is answered, p90", "ms", gateways, figures -> part(figures.put(), 0.9));
        line("PUT, CPU of the control thread", "ms", gateways, figures -> figures.cpu()[0]);
        line("edited file until it is in effect, median", "ms", gateways, figures -> part(figures.edit(), 0.5));
        line("edited file, CPU of the control thread", "ms", gateways, figures -> figures.cpu()[2]);
        line("CPU of the control thread while nothing changes", "%", gateways, figures -> figures.cpu()[1] * 100);
    }

    private static void line(String what, String unit, List<Gateway> gateways, ToDoubleFunction<Figures> figure) {
        System.out.printf("%-46s", what);
        gateways.forEach(gateway -> System.out.printf("%9.1f %-2s", figure.applyAsDouble(gateway.figures()), unit));
        if (gateways.size() == 2) {
            System.out.printf("%12.2f", figure.applyAsDouble(gateways.get(1).figures()) / figure.applyAsDouble(gateways.get(0).figures()));
        }
        System.out.println();
    }

    private static double part(List<Double> of, double part) {
        List<Double> sorted = new ArrayList<>(of);
        Collections.sort(sorted);
        return sorted.get((int) (part * (sorted.size() - 1)));
    }
}
