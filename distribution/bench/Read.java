import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Time of each answer of the admin API that grows with the number of services: {@code ROUNDS NAME,ADMIN_PORT,BASE...}. */
class Read {

    private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final int WARM = 50;
    private static final List<String> PATHS = List.of("/metrics", "/v1/status", "/v1/services", "/v1/services?limit=10",
            "/v1/targets", "/v1/targets?limit=10", "/v1/listeners", "/v1/certificates", "/tyk/apis");

    private record Gateway(String name, String url, String key, Map<String, List<Double>> times, Map<String, Integer> bytes) {

        static Gateway of(String text) throws IOException {
            String[] parts = text.split(",", 3);
            return new Gateway(parts[0], "http://127.0.0.1:" + parts[1],
                    Files.readString(Path.of(parts[2]).resolve("data/admin-secret")).strip(), new LinkedHashMap<>(), new LinkedHashMap<>());
        }

        void get(String path, boolean counts) throws Exception {
            long from = System.nanoTime();
            HttpResponse<byte[]> response = HTTP.send(HttpRequest.newBuilder(URI.create(url + path))
                    .header("Authorization", "Bearer " + key).build(), HttpResponse.BodyHandlers.ofByteArray());
            double took = (System.nanoTime() - from) / 1e6;
            if (response.statusCode() != 200) {
                throw new IOException(path + ": " + response.statusCode());
            }
            if (counts) {
                times.computeIfAbsent(path, p -> new ArrayList<>()).add(took);
                bytes.put(path, response.body().length);
            }
        }
    }

    public static void main(String[] arguments) throws Exception {
        int rounds = Integer.parseInt(arguments[0]);
        List<Gateway> gateways = new ArrayList<>();
        for (int i = 1; i < arguments.length; i++) {
            gateways.add(Gateway.of(arguments[i]));
        }
        // the JVM's first answers are not what a year of scrapes costs
        for (int i = 0; i < WARM + rounds; i++) {
            for (String path : PATHS) {
                for (Gateway gateway : gateways) {
                    gateway.get(path, i >= WARM);
                }
            }
        }
        System.out.printf("%-26s%10s", "ms until it is answered", "KiB");
        gateways.forEach(gateway -> System.out.printf("%18s", gateway.name() + ": median"));
        gateways.forEach(gateway -> System.out.printf("%15s", gateway.name() + ": p99"));
        System.out.println(gateways.size() == 2 ? "  ratio of medians" : "");
        for (String path : PATHS) {
            System.out.printf("%-26s%10d", path, gateways.get(gateways.size() - 1).bytes().get(path) / 1024);
            gateways.forEach(gateway -> System.out.printf("%18.1f", part(gateway, path, 0.5)));
            gateways.forEach(gateway -> System.out.printf("%15.1f", part(gateway, path, 0.99)));
            System.out.println(gateways.size() == 2
                    ? String.format("%18.2f", part(gateways.get(1), path, 0.5) / part(gateways.get(0), path, 0.5)) : "");
        }
    }

    private static double part(Gateway gateway, String path, double part) {
        List<Double> sorted = new ArrayList<>(gateway.times().get(path));
        Collections.sort(sorted);
        return sorted.get((int) (part * (sorted.size() - 1)));
    }
}
