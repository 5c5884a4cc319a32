package io.sluice.it;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

/** The jars of plugins: those of the distribution and the samples, and others that are compiled for a test. */
final class PluginJar {

    private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();

    private PluginJar() {
    }

    /** The jar of a sample. */
    static Path sample(String folder) throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("sluice.it.samples"), folder, "target"))) {
            return files.filter(file -> file.toString().endsWith(".jar")).findFirst().orElseThrow();
        }
    }

    /** The jars of the distribution. */
    static List<Path> shipped() throws IOException {
        try (Stream<Path> files = Files.list(Gateway.HOME.resolve("plugins"))) {
            return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
        }
    }

    /** The plugin of a jar as if it were another version. */
    static byte[] version(Path jar, String version) throws IOException {
        try (JarInputStream in = new JarInputStream(Files.newInputStream(jar))) {
            in.getManifest().getMainAttributes().putValue("Implementation-Version", version);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (JarOutputStream out = new JarOutputStream(bytes, in.getManifest())) {
                for (JarEntry entry = in.getNextJarEntry(); entry != null; entry = in.getNextJarEntry()) {
                    out.putNextEntry(new JarEntry(entry.getName()));
                    in.transferTo(out);
                }
            }
            return bytes.toByteArray();
        }
    }

    /** Puts a jar where it is looked for, whole from its first moment on. */
    static void put(Path file, byte[] bytes) throws IOException {
        Path made = Files.write(file.resolveSibling(file.getFileName() + ".tmp"), bytes);
        Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /**
     * Compiles classes as an author's build would and packs them.
     *
     * @param name     the plugin's name
     * @param sources  Java text by class name; they are in no package
     * @param announce by the last two words of an SPI interface's name ({@code balancer.BalancerFactory}), the class that
     *                 implements it
     */
    static byte[] compile(String name, Map<String, String> sources, Map<String, String> announce) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>(classes(sources));
        announce.forEach((kind, type) -> entries.put("META-INF/services/io.sluice.spi." + kind,
                (type + "\n").getBytes(StandardCharsets.UTF_8)));
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.IMPLEMENTATION_TITLE, name);
        manifest.getMainAttributes().put(Attributes.Name.IMPLEMENTATION_VERSION, "1.0.0");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream out = new JarOutputStream(bytes, manifest)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                out.putNextEntry(new JarEntry(entry.getKey()));
                new ByteArrayInputStream(entry.getValue()).transferTo(out);
            }
        }
        return bytes.toByteArray();
    }

    private static Map<String, byte[]> classes(Map<String, String> sources) throws IOException {
        Map<String, ByteArrayOutputStream> compiled = new LinkedHashMap<>();
        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        try (StandardJavaFileManager standard = COMPILER.getStandardFileManager(null, null, StandardCharsets.UTF_8);
                Stream<Path> lib = Files.list(Gateway.HOME.resolve("lib"))) {
            standard.setLocationFromPaths(StandardLocation.CLASS_PATH, lib.filter(file -> file.toString().endsWith(".jar"))
                    .filter(file -> file.getFileName().toString().matches("(sluice-spi|netty-(buffer|common|transport)-\\d).*"))
                    .toList());
            JavaFileManager memory = new ForwardingJavaFileManager<>(standard) {
                @Override
                public JavaFileObject getJavaFileForOutput(Location location, String type, JavaFileObject.Kind kind,
                        javax.tools.FileObject sibling) {
                    return new SimpleJavaFileObject(URI.create("memory:///" + type + ".class"), kind) {
                        @Override
                        public ByteArrayOutputStream openOutputStream() {
                            return compiled.computeIfAbsent(type + ".class", t -> new ByteArrayOutputStream());
                        }
                    };
                }
            };
            List<JavaFileObject> units = new ArrayList<>();
            sources.forEach((type, text) -> units.add(new SimpleJavaFileObject(URI.create("memory:///" + type + ".java"),
                    JavaFileObject.Kind.SOURCE) {
                @Override
                public CharSequence getCharContent(boolean ignoreErrors) {
                    return text;
                }
            }));
            boolean good = COMPILER.getTask(new java.io.OutputStreamWriter(errors, StandardCharsets.UTF_8), memory, null,
                    List.of("--release", "17", "-proc:none", "-nowarn"), null, units).call();
            if (!good) {
                throw new IllegalArgumentException(errors.toString(StandardCharsets.UTF_8));
            }
        }
        return compiled.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().toByteArray(),
                (one, other) -> one, LinkedHashMap::new));
    }
}
