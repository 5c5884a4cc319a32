package io.sluice.plugins.accesslog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.spi.connection.CloseReason;
import io.sluice.spi.observer.ConnectionObserver;
import io.sluice.spi.observer.ConnectionObserverFactory;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnloadingTest {

    private static final Duration WAIT = Duration.ofSeconds(30);

    /** Sees the SPI and the JDK, as a plugin does. */
    private static final class SpiOnly extends ClassLoader {

        SpiOnly() {
            super(ClassLoader.getPlatformClassLoader());
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            if (name.startsWith("io.sluice.spi.")) {
                return UnloadingTest.class.getClassLoader().loadClass(name);
            }
            throw new ClassNotFoundException(name);
        }
    }

    @Test
    void aClosedLogLeavesNoThreadAndNoClassLoaderBehind(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("access.log");

        WeakReference<ClassLoader> loader = useInALoaderOfItsOwn(file);

        assertThat(Files.readString(file)).contains("\"close_reason\":\"no_service\"");
        await().atMost(WAIT).until(() -> {
            System.gc();
            return loader.get() == null;
        });
        // one of another test may still be on its way out
        await().atMost(WAIT).untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet()).extracting(Thread::getName)
                .doesNotContain("sluice-access-log"));
    }

    private static WeakReference<ClassLoader> useInALoaderOfItsOwn(Path file) throws Exception {
        URL classes = AccessLogFactory.class.getProtectionDomain().getCodeSource().getLocation();
        try (URLClassLoader loader = new URLClassLoader(new URL[] {classes}, new SpiOnly())) {
            Object factory = loader.loadClass(AccessLogFactory.class.getName()).getConstructor().newInstance();
            assertThat(factory).isNotInstanceOf(AccessLogFactory.class);
            ConnectionObserver observer = create((ConnectionObserverFactory<?>) factory, file);
            observer.closed(Summaries.refused(CloseReason.NO_SERVICE, ""));
            // closing waits for two seconds only
            await().atMost(WAIT).until(() -> Files.size(file) > 0);
            observer.close();
            return new WeakReference<>(loader);
        }
    }

    private static <C extends Record> ConnectionObserver create(ConnectionObserverFactory<C> factory, Path file)
            throws Exception {
        Class<C> type = factory.configType();
        return factory.create(type.cast(type.getDeclaredConstructors()[0].newInstance(true, null, file.toString())), Path.of(""));
    }
}
