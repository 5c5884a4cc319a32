package io.sluice.kernel.plugin;

import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The OSGi framework, started once. */
final class OsgiFramework implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(OsgiFramework.class);
    private static final Pattern MISSING = Pattern.compile("osgi\\.wiring\\.package=([A-Za-z0-9_.]+)");

    private final Framework framework;

    private OsgiFramework(Framework framework) {
        this.framework = framework;
    }

    /**
     * Starts it.
     *
     * @param cache a folder of its own; what lies there from before is removed, because the plugins folders are the
     *              only truth
     */
    static OsgiFramework start(Path cache, SystemPackages packages) {
        Map<String, String> settings = new HashMap<>();
        settings.put(Constants.FRAMEWORK_STORAGE, cache.toString());
        settings.put(Constants.FRAMEWORK_STORAGE_CLEAN, Constants.FRAMEWORK_STORAGE_CLEAN_ONFIRSTINIT);
        settings.put(Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA, packages.header());
        // two generations of one plugin, side by side
        settings.put(Constants.FRAMEWORK_BSNVERSION, Constants.FRAMEWORK_BSNVERSION_MULTIPLE);
        // the default sets a URL factory for the whole JVM
        settings.put("felix.service.urlhandlers", "false");
        settings.put("felix.bootdelegation.implicit", "false");
        settings.put("felix.cache.locking", "false");
        settings.put("felix.log.level", "0");
        FrameworkFactory factory = ServiceLoader.load(FrameworkFactory.class).findFirst()
                .orElseThrow(() -> new IllegalStateException("no OSGi framework on the class path"));
        Framework framework = factory.newFramework(settings);
        try {
            framework.start();
        } catch (BundleException e) {
            throw new IllegalStateException("the OSGi framework does not start", e);
        }
        return new OsgiFramework(framework);
    }

    BundleContext context() {
        return framework.getBundleContext();
    }

    /** Installs and starts a bundle. A bundle that fails is uninstalled again. */
    Bundle install(String location, byte[] bytes, String shown) throws Rejected {
        Bundle bundle = null;
        try {
            bundle = context().installBundle(location, new ByteArrayInputStream(bytes));
            bundle.start(Bundle.START_TRANSIENT);
            return bundle;
        } catch (Throwable e) {
            uninstall(bundle);
            throw new Rejected(sentence(shown, e));
        }
    }

    /** Stops and uninstalls a bundle; never throws. */
    static void uninstall(Bundle bundle) {
        if (bundle == null) {
            return;
        }
        try {
            bundle.stop(Bundle.STOP_TRANSIENT);
        } catch (Throwable e) {
            LOG.warn("{} failed to stop", bundle.getSymbolicName(), e);
        }
        try {
            bundle.uninstall();
        } catch (BundleException | IllegalStateException e) {
            LOG.warn("{} failed to uninstall", bundle.getSymbolicName(), e);
        }
    }

    private static String sentence(String shown, Throwable error) {
        if (error instanceof BundleException bundle && bundle.getType() == BundleException.RESOLVE_ERROR) {
            Matcher missing = MISSING.matcher(String.valueOf(error.getMessage()));
            if (missing.find()) {
                return shown + " needs package " + missing.group(1)
                        + ", which neither the gateway nor another plugin offers";
            }
        }
        Throwable cause = error instanceof BundleException && error.getCause() != null ? error.getCause() : error;
        return shown + " cannot be started: " + cause;
    }

    @Override
    public void close() {
        try {
            framework.stop();
            framework.waitForStop(5000);
        } catch (BundleException e) {
            throw new IllegalStateException("the OSGi framework does not stop", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
