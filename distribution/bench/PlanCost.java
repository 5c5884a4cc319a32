import io.sluice.kernel.config.MaterialFolder;
import io.sluice.kernel.config.Settings;
import io.sluice.kernel.config.SettingsReader;
import io.sluice.kernel.json.JsonReader;
import io.sluice.kernel.json.JsonValue.JsonObject;
import io.sluice.kernel.plan.PlanInput;
import io.sluice.kernel.plan.PlanResult;
import io.sluice.kernel.plan.Planner;
import io.sluice.kernel.plan.RawService;
import io.sluice.kernel.plugin.PluginHost;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Plans the definitions of a conf folder with the plugins of a home folder: {@code HOME CONF WORK}. Prints one line of
 * milliseconds: reading the texts and the first plan of this process; then, of CPU, this first plan, one made wholly anew
 * when the process is warm, and one in which a single definition is another one.
 */
class PlanCost {

    private static final int WARM = 10;
    /** Of this thread: on a machine that does other things besides, time alone says little. */
    private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();

    private final PluginHost plugins;
    private final Path conf;
    private final Settings settings;
    private final MaterialFolder materials;

    private PlanCost(PluginHost plugins, Path conf) throws Exception {
        this.plugins = plugins;
        this.conf = conf;
        this.materials = new MaterialFolder(conf);
        String file = "conf/sluice.json";
        this.settings = SettingsReader.read(JsonReader.read(file, Files.readString(conf.resolve("sluice.json")), Optional.of(Map.of())),
                problem -> { }).value();
    }

    public static void main(String[] arguments) throws Exception {
        try (PluginHost plugins = PluginHost.start(List.of(Path.of(arguments[0], "plugins")), Path.of(arguments[2]))) {
            plugins.scan();
            new PlanCost(plugins, Path.of(arguments[1])).measure();
        }
    }

    private void measure() throws Exception {
        long from = System.nanoTime();
        List<RawService> definitions = read();
        double reading = since(from);
        from = System.nanoTime();
        long cpu = CPU.getCurrentThreadCpuTime();
        PlanResult first = plan(definitions, null);
        double cold = since(from);
        double coldCpu = (CPU.getCurrentThreadCpuTime() - cpu) / 1e6;
        if (first.plan().services().size() != definitions.size()) {
            throw new IllegalStateException(first.plan().problems().toString());
        }
        List<Double> warm = new ArrayList<>();
        List<Double> changed = new ArrayList<>();
        for (int i = 0; i < WARM; i++) {
            List<RawService> others = read();
            cpu = CPU.getCurrentThreadCpuTime();
            PlanResult whole = plan(others, null);
            warm.add((CPU.getCurrentThreadCpuTime() - cpu) / 1e6);
            int one = i * 7919 % others.size();
            RawService old = others.get(one);
            others.set(one, one(old.file(), Files.readString(conf.resolve("services").resolve(old.file()))
                    .replace("\"slug\": \"s", "\"slug\": \"other-")));
            cpu = CPU.getCurrentThreadCpuTime();
            plan(others, whole);
            changed.add((CPU.getCurrentThreadCpuTime() - cpu) / 1e6);
        }
        System.out.printf("%.1f %.1f %.1f %.1f %.1f%n", reading, cold, coldCpu, median(warm), median(changed));
    }

    private List<RawService> read() throws Exception {
        List<RawService> definitions = new ArrayList<>();
        try (Stream<Path> files = Files.list(conf.resolve("services"))) {
            for (Path file : files.sorted().toList()) {
                definitions.add(one(file.getFileName().toString(), Files.readString(file)));
            }
        }
        return definitions;
    }

    private static RawService one(String file, String text) throws Exception {
        return new RawService((JsonObject) JsonReader.read(file, text, Optional.of(Map.of())), file, file.replace(".json", ""));
    }

    private PlanResult plan(List<RawService> definitions, PlanResult before) {
        materials.planning();
        return Planner.plan(new PlanInput(settings, definitions, Set.of(), List.of(), plugins.catalog(), Map.of(), materials,
                Instant.now()), before);
    }

    private static double since(long from) {
        return (System.nanoTime() - from) / 1e6;
    }

    private static double median(List<Double> times) {
        Collections.sort(times);
        return times.get(times.size() / 2);
    }
}
