package io.sluice.plugins.prometheus;

import io.sluice.spi.control.Metric;
import io.sluice.spi.control.Metric.Type;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.util.List;

/** What the JVM that the gateway runs on uses. */
final class Jvm {

    private static final double MILLIS = 1000;

    private Jvm() {
    }

    static List<Metric> metrics() {
        MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        MemoryUsage other = ManagementFactory.getMemoryMXBean().getNonHeapMemoryUsage();
        long direct = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct")).mapToLong(BufferPoolMXBean::getMemoryUsed).sum();
        long paused = ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionTime).filter(millis -> millis > 0).sum();
        return List.of(
                gauge("jvm_heap_used_bytes", "Heap in use.", heap.getUsed()),
                gauge("jvm_heap_limit_bytes", "Largest size that the heap may have.", heap.getMax()),
                gauge("jvm_non_heap_used_bytes", "Memory of classes and compiled code.", other.getUsed()),
                gauge("jvm_direct_used_bytes", "Direct buffers that the JVM knows of.", direct),
                gauge("jvm_threads", "Live threads.", ManagementFactory.getThreadMXBean().getThreadCount()),
                gauge("jvm_loaded_classes", "Classes that are loaded.",
                        ManagementFactory.getClassLoadingMXBean().getLoadedClassCount()),
                new Metric("jvm_gc_seconds", Type.COUNTER, "Time spent in garbage collections.", Families.one(paused / MILLIS)));
    }

    private static Metric gauge(String name, String help, double value) {
        return new Metric(name, Type.GAUGE, help, Families.one(value));
    }
}
