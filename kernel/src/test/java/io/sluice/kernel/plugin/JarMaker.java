package io.sluice.kernel.plugin;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.ToolProvider;

/** Compiles and packs plugins, as an author's build would. */
final class JarMaker {

    private final Map<String, byte[]> entries = new LinkedHashMap<>();
    private final Map<String, String> sources = new LinkedHashMap<>();
    private final Manifest manifest = new Manifest();
    private String release = "17";
    private String withoutClass = "";

    JarMaker() {
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    }

    /** A plain jar with one balancer; {@code body} stands in the factory class. */
    static JarMaker balancer(String type, String name, String body) {
        return new JarMaker().source(type, """
                import io.sluice.spi.balancer.*;
                import io.sluice.spi.config.NoConfig;
                import io.sluice.spi.connection.*;
                import java.util.List;
                import java.util.function.Predicate;
                public final class %s implements BalancerFactory<NoConfig> {
                    %s
                    @Override public String name() { return "%s"; }
                    @Override public Class<NoConfig> configType() { return NoConfig.class; }
                    @Override public Balancer create(NoConfig config, ServiceInfo service) { return new Later(); }
                    static final class Later implements Balancer {
                        private List<Target> all = List.of();
                        @Override public void targets(List<Target> candidates) { all = candidates; }
                        @Override public Target pick(Predicate<Target> attempted, ClientFacts client) {
                            return all.isEmpty() ? null : all.get(0);
                        }
                        @Override public Target preview(ClientFacts client) { return pick(t -> false, client); }
                    }
                }
                """.formatted(type, body, name)).announces("balancer.BalancerFactory", type);
    }

    JarMaker source(String type, String text) {
        sources.put(type, text);
        return this;
    }

    JarMaker announces(String kind, String type) {
        return entry("META-INF/services/io.sluice.spi." + kind, type + "\n");
    }

    JarMaker entry(String name, String content) {
        entries.put(name, content.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    JarMaker says(String attribute, String value) {
        manifest.getMainAttributes().putValue(attribute, value);
        return this;
    }

    JarMaker release(int feature) {
        release = String.valueOf(feature);
        return this;
    }

    /** Leaves a compiled class out, as a forgotten library would. */
    JarMaker without(String type) {
        withoutClass = type + ".class";
        return this;
    }

    byte[] bytes() {
        try {
            Map<String, byte[]> all = new LinkedHashMap<>(compiled());
            all.keySet().remove(withoutClass);
            all.putAll(entries);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            try (ZipOutputStream zip = new ZipOutputStream(out)) {
                zip.putNextEntry(new ZipEntry(JarFile.MANIFEST_NAME));
                manifest.write(zip);
                for (Map.Entry<String, byte[]> entry : all.entrySet()) {
                    zip.putNextEntry(new ZipEntry(entry.getKey()));
                    new ByteArrayInputStream(entry.getValue()).transferTo(zip);
                }
            }
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes it as a copy that has long been finished. */
    Path to(Path file) {
        return write(file, bytes());
    }

    static Path write(Path file, byte[] bytes) {
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, bytes);
            return Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(60)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, byte[]> compiled() throws IOException {
        Map<String, byte[]> classes = new LinkedHashMap<>();
        if (sources.isEmpty()) {
            return classes;
        }
        Path work = Files.createTempDirectory("sources");
        List<String> arguments = new ArrayList<>(List.of("--release", release, "-proc:none", "-nowarn", "-d",
                work.resolve("out").toString(), "-cp", System.getProperty("java.class.path")));
        for (Map.Entry<String, String> source : sources.entrySet()) {
            arguments.add(Files.writeString(work.resolve(source.getKey() + ".java"), source.getValue()).toString());
        }
        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        int result = ToolProvider.getSystemJavaCompiler().run(null, null, errors, arguments.toArray(String[]::new));
        if (result != 0) {
            throw new IllegalArgumentException(errors.toString(StandardCharsets.UTF_8));
        }
        Path out = work.resolve("out");
        Files.walkFileTree(work, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (file.startsWith(out)) {
                    classes.put(out.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
                }
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, IOException error) throws IOException {
                Files.delete(folder);
                return FileVisitResult.CONTINUE;
            }
        });
        return classes;
    }
}
