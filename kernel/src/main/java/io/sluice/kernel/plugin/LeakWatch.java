package io.sluice.kernel.plugin;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.osgi.framework.Bundle;
import org.osgi.framework.wiring.BundleWiring;

/** Watches the class loaders of generations that have ended: one that several collections do not take is leaked. */
final class LeakWatch {

    private static final long COLLECTIONS = 3;

    private final List<Watched> watched = new ArrayList<>();

    private record Watched(String generation, WeakReference<ClassLoader> loader, long since) {
    }

    /** Begins to watch a bundle's class loader; call before the bundle is uninstalled. */
    void add(LoadedGeneration generation) {
        BundleWiring wiring = wiring(generation.bundle());
        if (wiring != null) {
            watched.add(new Watched(generation.toString(), new WeakReference<>(wiring.getClassLoader()), collections()));
        }
    }

    private static BundleWiring wiring(Bundle bundle) {
        return bundle.adapt(BundleWiring.class);
    }

    /** The generations whose class loaders should be gone and are not. */
    List<String> leaked() {
        watched.removeIf(one -> one.loader().get() == null);
        long now = collections();
        return watched.stream().filter(one -> now - one.since() >= COLLECTIONS).map(Watched::generation).toList();
    }

    /** How many class loaders are still there, leaked or not yet collected. */
    int alive() {
        watched.removeIf(one -> one.loader().get() == null);
        return watched.size();
    }

    /** Collections of the old generation: only these unload classes. */
    private static long collections() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .filter(bean -> !bean.getName().contains("Young") && !bean.getName().equals("Copy")
                        && !bean.getName().contains("Scavenge") && !bean.getName().contains("New")
                        && !bean.getName().contains("Minor"))
                .mapToLong(GarbageCollectorMXBean::getCollectionCount).sum();
    }
}
