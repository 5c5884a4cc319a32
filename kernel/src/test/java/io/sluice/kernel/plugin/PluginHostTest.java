package io.sluice.kernel.plugin;

import static io.sluice.kernel.Await.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.sluice.kernel.problem.Problem;
import io.sluice.spi.balancer.BalancerFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jars dropped, replaced and removed, as people do it. */
class PluginHostTest {

    @TempDir
    Path folder;

    private Path own;
    private Path dropped;
    private PluginHost host;

    @BeforeEach
    void start() throws IOException {
        own = Files.createDirectories(folder.resolve("own"));
        dropped = Files.createDirectories(folder.resolve("dropped"));
        host = PluginHost.start(List.of(own, dropped), folder.resolve("work"));
    }

    @AfterEach
    void stop() {
        host.close();
    }

    @Test
    void plainJarIsLoadedAndFound() {
        JarMaker.balancer("Mine", "mine", "").to(dropped.resolve("mine-1.2.jar"));
        settle();
        assertThat(offer("mine")).isPresent();
        PluginStatus status = status("mine");
        assertThat(status.state()).isEqualTo(PluginState.ACTIVE);
        assertThat(status.version()).isEqualTo("1.2.0");
        assertThat(status.provides()).containsExactly(new PluginStatus.Provided("BalancerFactory", "mine"));
        assertThat(host.catalog().problems()).isEmpty();
    }

    @Test
    void bundleIsLoadedAndFound() {
        bundle("1.0.0", "[1,2)").to(dropped.resolve("any-name.jar"));
        settle();
        assertThat(offer("bundled")).isPresent();
        assertThat(status("com.example.bundled").state()).isEqualTo(PluginState.ACTIVE);
    }

    @Test
    void folderOfJarsIsOnePluginWithItsLibraries() {
        JarMaker.balancer("Mine", "mine", "static final Object LIBRARY = new Library();")
                .source("Library", "public final class Library { }").without("Library")
                .to(dropped.resolve("mine/plugin.jar"));
        new JarMaker().source("Library", "public final class Library { }").to(dropped.resolve("mine/library.jar"));
        settle();
        assertThat(offer("mine")).isPresent();
        assertThat(status("mine").state()).isEqualTo(PluginState.ACTIVE);
    }

    @Test
    void replacedJarServesNewPlansAndTheOldOneEndsWithItsLastUser() {
        JarMaker.balancer("Mine", "mine", "").to(dropped.resolve("mine.jar"));
        settle();
        Generation first = offer("mine").get().generation();
        first.retain();
        JarMaker.balancer("Mine", "mine", "int another;").to(dropped.resolve("mine.jar"));
        settle();
        assertThat(offer("mine").get().generation().number()).isEqualTo(2);
        assertThat(host.plugins()).extracting(PluginStatus::state)
                .containsExactly(PluginState.ACTIVE, PluginState.DRAINING);
        first.release();
        settle();
        assertThat(host.plugins()).extracting(PluginStatus::state).containsExactly(PluginState.ACTIVE);
    }

    @Test
    void drainingGenerationStillLoadsItsClasses() throws Exception {
        JarMaker.balancer("Mine", "mine", "").to(dropped.resolve("mine.jar"));
        settle();
        Offer<?> old = offer("mine").get();
        old.generation().retain();
        JarMaker.balancer("Mine", "mine", "int another;").to(dropped.resolve("mine.jar"));
        settle();
        // its nested class was never needed until now
        assertThat(((BalancerFactory<?>) old.extension()).create(null, null)).isNotNull();
        old.generation().release();
    }

    @Test
    void brokenReplacementLeavesTheOldOneServing() {
        JarMaker.balancer("Mine", "mine", "").to(dropped.resolve("mine.jar"));
        settle();
        JarMaker.write(dropped.resolve("mine.jar"), "oops".getBytes());
        settle();
        assertThat(offer("mine").get().generation().number()).isEqualTo(1);
        assertThat(problem()).isEqualTo("mine.jar is not a jar: it does not begin like a zip file");
        assertThat(host.catalog().problems().get(0).hint()).isEqualTo(
                "put a jar that works in its place, or remove it; mine 0.0.0 (generation 1) goes on until then");
        assertThat(host.plugins()).filteredOn(one -> one.name().equals("mine")).extracting(PluginStatus::state,
                PluginStatus::generation, one -> one.provides().size()).containsExactly(
                tuple(PluginState.REJECTED, 0L, 0), tuple(PluginState.ACTIVE, 1L, 1));
        JarMaker.balancer("Mine", "mine", "int mended;").to(dropped.resolve("mine.jar"));
        settle();
        assertThat(host.catalog().problems()).isEmpty();
        assertThat(offer("mine").get().generation().number()).isEqualTo(2);
    }

    @Test
    void failingConstructorLeavesTheOldOneServing() {
        JarMaker.balancer("Mine", "mine", "").to(dropped.resolve("mine.jar"));
        settle();
        JarMaker.balancer("Mine", "mine", "public Mine() { throw new IllegalStateException(\"no\"); }")
                .to(dropped.resolve("mine.jar"));
        settle();
        assertThat(offer("mine").get().generation().number()).isEqualTo(1);
        assertThat(status("mine").state()).isEqualTo(PluginState.FAILED);
    }

    @Test
    void missingFileInUseGoesOnAndSaysSo() throws IOException {
        Path jar = JarMaker.balancer("Mine", "mine", "").to(dropped.resolve("mine.jar"));
        settle();
        Generation generation = offer("mine").get().generation();
        generation.retain();
        Files.delete(jar);
        settle();
        assertThat(offer("mine")).isPresent();
        assertThat(status("mine").state()).isEqualTo(PluginState.MISSING_FILE);
        assertThat(problem()).isEqualTo("mine.jar is gone, but in use: the loaded copy goes on");
        generation.release();
        settle();
        assertThat(offer("mine")).isEmpty();
        assertThat(host.plugins()).isEmpty();
    }

    @Test
    void highestVersionServes() {
        JarMaker.balancer("Mine", "mine", "").to(dropped.resolve("mine-1.9.jar"));
        JarMaker.balancer("Mine", "mine", "int newer;").to(dropped.resolve("mine-1.10.jar"));
        settle();
        assertThat(host.plugins()).filteredOn(p -> p.state() == PluginState.ACTIVE)
                .extracting(PluginStatus::version).containsExactly("1.10.0");
        assertThat(host.plugins()).filteredOn(p -> p.state() == PluginState.SUPERSEDED)
                .extracting(PluginStatus::reason).containsExactly("mine-1.10.jar serves");
    }

    @Test
    void nobodyTakesANameFromTheDistribution() {
        JarMaker.balancer("Ours", "fair", "").to(own.resolve("zz-ours.jar"));
        JarMaker.balancer("Theirs", "fair", "").to(dropped.resolve("aa-theirs.jar"));
        settle();
        assertThat(offer("fair").get().generation().plugin()).isEqualTo("zz-ours");
        assertThat(offer("aa-theirs:fair").get().generation().plugin()).isEqualTo("aa-theirs");
        assertThat(status("aa-theirs").state()).isEqualTo(PluginState.CONFLICT);
        assertThat(problem()).isEqualTo("\"fair\" belongs to plugin zz-ours; this one is reachable as \"aa-theirs:fair\"");
    }

    @Test
    void oneWithoutItsNameWhoseFileIsGoneIsSaidToBeGone() throws IOException {
        JarMaker.balancer("Ours", "fair", "").to(own.resolve("ours.jar"));
        Path jar = JarMaker.balancer("Theirs", "fair", "").to(dropped.resolve("theirs.jar"));
        settle();
        offer("theirs:fair").get().generation().retain();
        Files.delete(jar);
        settle();
        assertThat(status("theirs").state()).isEqualTo(PluginState.MISSING_FILE);
        assertThat(problem()).isEqualTo("theirs.jar is gone, but in use: the loaded copy goes on");
    }

    @Test
    void droppedVersionServesInsteadOfTheDistributionsOnlyIfItOffersAsMuch() {
        JarMaker.balancer("Ours", "fair", "").to(own.resolve("fair-1.0.jar"));
        JarMaker.balancer("Other", "other", "").to(dropped.resolve("fair-9.0.jar"));
        settle();
        assertThat(offer("fair").get().generation().version()).isEqualTo("1.0.0");
        assertThat(offer("other")).isEmpty();
        assertThat(problem()).isEqualTo("fair-9.0.jar has the name of fair-1.0.jar, but does not offer BalancerFactory fair");
        JarMaker.balancer("Better", "fair", "").to(dropped.resolve("fair-9.0.jar"));
        settle();
        assertThat(offer("fair").get().generation().version()).isEqualTo("9.0.0");
        long number = offer("fair").get().generation().number();
        settle();
        assertThat(offer("fair").get().generation().number()).as("looking again loads nothing").isEqualTo(number);
    }

    @Test
    void olderVersionServesAgainWhenTheNewerOneIsRemoved() throws IOException {
        JarMaker.balancer("Mine", "mine", "").to(dropped.resolve("mine-1.0.jar"));
        settle();
        Path newer = JarMaker.balancer("Mine", "mine", "int newer;").to(dropped.resolve("mine-2.0.jar"));
        settle();
        assertThat(offer("mine").get().generation().version()).isEqualTo("2.0.0");
        Files.delete(newer);
        settle();
        assertThat(offer("mine").get().generation().version()).isEqualTo("1.0.0");
    }

    @Test
    void defaultOfTheDistributionStaysTheDefault() {
        String isDefault = "@Override public boolean isDefault() { return true; }";
        JarMaker.balancer("Ours", "zz", isDefault).to(own.resolve("zz.jar"));
        JarMaker.balancer("Theirs", "aa", isDefault).to(dropped.resolve("aa.jar"));
        settle();
        assertThat(host.catalog().byDefault(BalancerFactory.class).get().name()).isEqualTo("zz");
    }

    @Test
    void bundleWithoutAnActivatorMayAnnounceItsExtensionsLikeAPlainJar() {
        JarMaker.balancer("Mine", "mine", "").says("Bundle-ManifestVersion", "2").says("Bundle-SymbolicName", "com.example.mine")
                .says("Import-Package", "io.sluice.spi,io.sluice.spi.balancer,io.sluice.spi.config,io.sluice.spi.connection")
                .to(dropped.resolve("mine.jar"));
        settle();
        assertThat(offer("mine")).isPresent();
    }

    @Test
    void copyInProgressAndIgnoredNamesAreLeftAlone() throws IOException {
        byte[] jar = JarMaker.balancer("Mine", "mine", "").bytes();
        JarMaker.write(dropped.resolve(".mine.jar"), jar);
        JarMaker.write(dropped.resolve("mine.jar.part"), jar);
        JarMaker.write(dropped.resolve("mine.jar.tmp"), jar);
        settle();
        assertThat(host.plugins()).isEmpty();
        Path begun = Files.write(dropped.resolve("mine.jar"), java.util.Arrays.copyOf(jar, 100));
        // young for as long as this test takes
        Files.setLastModifiedTime(begun, FileTime.from(Instant.now().plusSeconds(3600)));
        host.scan();
        assertThat(host.plugins()).isEmpty();
        Files.write(dropped.resolve("mine.jar"), jar);
        settle();
        assertThat(status("mine").state()).isEqualTo(PluginState.ACTIVE);
    }

    @Test
    void fiftySwapsLeaveNoClassLoader() {
        for (int i = 0; i <= 50; i++) {
            JarMaker.balancer("Mine", "mine", "int swap" + i + ";").to(dropped.resolve("mine.jar"));
            settle();
            assertThat(offer("mine").get().generation().number()).isEqualTo(i + 1);
        }
        settle();
        await().untilAsserted(() -> {
            System.gc();
            assertThat(host.classLoadersAlive()).isZero();
        });
        assertThat(host.plugins()).extracting(PluginStatus::state).containsExactly(PluginState.ACTIVE);
    }

    @Test
    void pluginSeesNettyButNothingOfTheGatewaysInside() {
        for (String hidden : List.of("io.sluice.kernel.plugin.PluginHost", "com.fasterxml.jackson.databind.ObjectMapper",
                "io.netty.util.internal.PlatformDependent", "org.slf4j.Logger", "picocli.CommandLine")) {
            assertThat(visible(hidden)).as(hidden).isFalse();
        }
        for (String shown : List.of("io.netty.channel.ChannelHandler", "io.netty.handler.ssl.SslHandler",
                "io.sluice.spi.protocol.ClientLayer", "javax.net.ssl.SSLEngine")) {
            assertThat(visible(shown)).as(shown).isTrue();
        }
    }

    private boolean visible(String type) {
        JarMaker.balancer("Looking", "looking", "").to(own.resolve("looking.jar"));
        settle();
        ClassLoader loader = offer("looking").get().extension().getClass().getClassLoader();
        try {
            Class.forName(type, false, loader);
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    /** Two looks, so that what was just written stands still; then the plan is in effect. */
    private void settle() {
        host.scan();
        host.scan();
        host.settled(host.catalog());
        host.scan();
    }

    @SuppressWarnings("rawtypes")
    private Optional<Offer<BalancerFactory>> offer(String name) {
        return host.catalog().find(BalancerFactory.class, name);
    }

    private PluginStatus status(String name) {
        return host.plugins().stream().filter(p -> p.name().equals(name)).findFirst().orElseThrow();
    }

    private String problem() {
        List<Problem> problems = host.catalog().problems();
        assertThat(problems).hasSize(1);
        return problems.get(0).message();
    }

    static JarMaker bundle(String version, String spiRange) {
        return JarMaker.balancer("Bundled", "bundled", "").source("Activator", """
                import org.osgi.framework.*;
                public final class Activator implements BundleActivator {
                    @Override public void start(BundleContext context) {
                        context.registerService(io.sluice.spi.balancer.BalancerFactory.class, new Bundled(), null);
                    }
                    @Override public void stop(BundleContext context) { }
                }
                """).says("Bundle-ManifestVersion", "2").says("Bundle-SymbolicName", "com.example.bundled")
                .says("Bundle-Version", version).says("Bundle-Activator", "Activator").says("Import-Package",
                        "org.osgi.framework,io.sluice.spi;version=\"" + spiRange + "\",io.sluice.spi.balancer;version=\""
                                + spiRange + "\",io.sluice.spi.config;version=\"" + spiRange
                                + "\",io.sluice.spi.connection;version=\"" + spiRange + "\"");
    }
}
