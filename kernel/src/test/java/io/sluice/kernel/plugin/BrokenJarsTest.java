package io.sluice.kernel.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.spi.balancer.BalancerFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each kind of broken jar: what is said of it, and that its neighbour serves all the same. */
class BrokenJarsTest {

    @TempDir
    Path folder;

    static Stream<Arguments> jars() {
        JarMaker whole = JarMaker.balancer("Bad", "bad", "");
        byte[] future = whole.bytes();
        return Stream.of(
                kind("not a zip", "hello".getBytes(), "bad.jar is not a jar: it does not begin like a zip file"),
                kind("empty", new byte[0], "bad.jar has 0 bytes (expected: 1 to 33554432)"),
                kind("nothing inside", new JarMaker().bytes(), "bad.jar offers no extension (expected: a file"
                        + " META-INF/services/<SPI interface>, or a bundle that registers one)"),
                kind("points outside", JarMaker.balancer("Bad", "bad", "").entry("a/../../b", "x").bytes(),
                        "bad.jar holds an entry that points outside of it: a/../../b"),
                kind("class of a later Java", laterJava(future),
                        "bad.jar was compiled for Java 99; this gateway runs on Java " + Runtime.version().feature()),
                kind("not a class", JarMaker.balancer("Bad", "bad", "").entry("Other.class", "not a class").bytes(),
                        "bad.jar holds a broken class: Other.class"),
                kind("names a class that it lacks", JarMaker.balancer("Bad", "bad", "").without("Bad").bytes(),
                        "bad.jar: its services file names Bad, which it does not hold"),
                kind("wrong kind", new JarMaker().source("Bad", "public class Bad { }")
                        .announces("balancer.BalancerFactory", "Bad").bytes(), "bad.jar: Bad is no BalancerFactory"),
                kind("no constructor", JarMaker.balancer("Bad", "bad", "Bad(int x) { }").bytes(),
                        "bad.jar: Bad has no constructor without parameters"),
                kind("throwing constructor", JarMaker.balancer("Bad", "bad",
                        "public Bad() { throw new IllegalStateException(\"no licence\"); }").bytes(),
                        "bad.jar: the constructor of Bad failed: java.lang.IllegalStateException: no licence"),
                kind("throwing initializer", JarMaker.balancer("Bad", "bad", "static final int X = Integer.parseInt(\"x\");")
                        .bytes(), "bad.jar: Bad cannot be made: java.lang.ExceptionInInitializerError"),
                kind("initializer with an Error", JarMaker.balancer("Bad", "bad",
                        "static { if (true) throw new AssertionError(\"no\"); }").bytes(),
                        "bad.jar: Bad cannot be made: java.lang.AssertionError: no"),
                kind("fields that cannot be asked for", JarMaker.balancer("Bad", "bad", "@Override public"
                        + " List<io.sluice.spi.config.ConfigField> fields() { throw new IllegalStateException(\"no\"); }")
                        .bytes(), "bad.jar: fields() of Bad failed: java.lang.IllegalStateException: no"),
                kind("exports what is the gateway's", PluginHostTest.bundle("1.0.0", "[1,2)")
                        .says("Export-Package", "io.sluice.spi.access;version=\"1.0.1\"").bytes(), "bad.jar exports"
                                + " io.sluice.spi.access, which belongs to the gateway (expected: only packages of its own)"),
                kind("unpacks to too much", new JarMaker().entry("zeros", "0".repeat(33 << 20)).bytes(),
                        "bad.jar unpacks to more than 33554432 bytes"),
                kind("missing library", JarMaker.balancer("Bad", "bad", "static final Object X = new Library();")
                        .source("Library", "public class Library { }").without("Library").bytes(),
                        "bad.jar needs class Library, which neither the gateway nor the jar itself holds"),
                kind("no name", JarMaker.balancer("Bad", "Not A Name", "").bytes(),
                        "bad.jar: Bad calls itself \"Not A Name\" (expected: a lower-case word, [a-z][a-z0-9_]{0,63})"),
                kind("SPI too new, plain", JarMaker.balancer("Bad", "bad", "").says("Sluice-Spi", "2.3").bytes(),
                        "bad.jar needs SPI 2.x; this gateway offers 1.0"),
                kind("SPI too new, bundle", PluginHostTest.bundle("1.0.0", "[2,3)").bytes(),
                        "bad.jar needs SPI 2.x; this gateway offers 1.0"),
                kind("missing import", PluginHostTest.bundle("1.0.0", "[1,2)").says("Import-Package", "com.example.gone")
                        .bytes(), "bad.jar needs package com.example.gone, which neither the gateway nor another plugin"
                                + " offers"),
                kind("throwing activator", new JarMaker().source("Activator", """
                        public final class Activator implements org.osgi.framework.BundleActivator {
                            @Override public void start(org.osgi.framework.BundleContext c) { throw new Error("no"); }
                            @Override public void stop(org.osgi.framework.BundleContext c) { }
                        }
                        """).says("Bundle-ManifestVersion", "2").says("Bundle-SymbolicName", "x")
                        .says("Bundle-Activator", "Activator").says("Import-Package", "org.osgi.framework").bytes(),
                        "bad.jar cannot be started: java.lang.Error: no"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("jars")
    void isNamedAndHurtsNobody(String kind, byte[] bytes, String sentence) throws IOException {
        Path plugins = Files.createDirectories(folder.resolve("plugins"));
        JarMaker.balancer("Good", "good", "").to(plugins.resolve("good.jar"));
        JarMaker.write(plugins.resolve("bad.jar"), bytes);
        try (PluginHost host = PluginHost.start(List.of(plugins), folder.resolve("work"))) {
            host.scan();
            assertThat(host.catalog().problems()).extracting(problem -> problem.message()).containsExactly(sentence);
            assertThat(host.catalog().find(BalancerFactory.class, "good")).isPresent();
            assertThat(host.plugins()).extracting(PluginStatus::state).doesNotContain(PluginState.SUPERSEDED)
                    .contains(PluginState.ACTIVE);
            assertThat(host.scan()).as("looking again changes nothing").isFalse();
        }
    }

    @ParameterizedTest(name = "cut after {0} of 10")
    @MethodSource("cuts")
    void truncatedJarIsNamed(int tenths) throws IOException {
        Path plugins = Files.createDirectories(folder.resolve("plugins"));
        byte[] whole = JarMaker.balancer("Bad", "bad", "").bytes();
        JarMaker.write(plugins.resolve("bad.jar"), java.util.Arrays.copyOf(whole, whole.length * tenths / 10));
        try (PluginHost host = PluginHost.start(List.of(plugins), folder.resolve("work"))) {
            host.scan();
            assertThat(host.plugins()).extracting(PluginStatus::state).containsExactly(PluginState.REJECTED);
            assertThat(host.catalog().problems().get(0).message()).startsWith("bad.jar is not a whole jar: ");
        }
    }

    static Stream<Integer> cuts() {
        return Stream.of(1, 2, 3, 4, 5, 6, 7, 8, 9);
    }

    private static Arguments kind(String kind, byte[] bytes, String sentence) {
        return Arguments.of(kind, bytes, sentence);
    }

    /** Raises the class file version of every class; the entries are deflated, so the jar is packed anew. */
    private static byte[] laterJava(byte[] jar) {
        try (java.util.zip.ZipInputStream in = new java.util.zip.ZipInputStream(new java.io.ByteArrayInputStream(jar))) {
            java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
            try (java.util.zip.ZipOutputStream zip = new java.util.zip.ZipOutputStream(out)) {
                for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                    byte[] content = in.readAllBytes();
                    if (entry.getName().endsWith(".class")) {
                        content[7] = (byte) (99 + 44);
                    }
                    zip.putNextEntry(new java.util.zip.ZipEntry(entry.getName()));
                    zip.write(content);
                }
            }
            return out.toByteArray();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
