package io.sluice.kernel.plugin;

import io.sluice.kernel.plugin.LoadedGeneration.Found;
import io.sluice.spi.Extension;
import io.sluice.spi.access.AccessPolicyFactory;
import io.sluice.spi.admin.AdminResource;
import io.sluice.spi.admin.AdminServer;
import io.sluice.spi.config.Configured;
import io.sluice.spi.observer.ConnectionObserverFactory;
import io.sluice.spi.protocol.ClientProtocol;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.wiring.BundleWiring;

/**
 * Finds the extensions of a started bundle. Those that a plain jar announces in {@code META-INF/services} are made and
 * registered as OSGi services first, so that there is one way of finding: the service registry.
 */
final class ServiceFiles {

    private ServiceFiles() {
    }

    /** Makes and registers what {@code META-INF/services} announces. */
    static void register(Bundle bundle, String shown) throws Rejected {
        ClassLoader loader = bundle.adapt(BundleWiring.class).getClassLoader();
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            for (Class<? extends Extension> kind : SpiKinds.ALL) {
                for (String name : announced(loader, kind)) {
                    register(bundle.getBundleContext(), kind, make(loader, kind, name, shown));
                }
            }
        } catch (IOException e) {
            throw new Rejected(shown + " has a services file that cannot be read: " + e.getMessage());
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static <E extends Extension> void register(BundleContext context, Class<E> kind, Extension extension) {
        context.registerService(kind, kind.cast(extension), null);
    }

    /** The extensions that a bundle has registered. */
    static List<Found> find(Bundle bundle, String shown) throws Rejected {
        List<Found> found = new ArrayList<>();
        for (Class<? extends Extension> kind : SpiKinds.ALL) {
            for (ServiceReference<? extends Extension> reference : references(bundle.getBundleContext(), kind)) {
                if (reference.getBundle() == bundle) {
                    Object service = bundle.getBundleContext().getService(reference);
                    if (!kind.isInstance(service)) {
                        throw new Rejected(shown + " registered a " + kind.getSimpleName() + " that is none");
                    }
                    found.add(described(kind, (Extension) service, shown));
                }
            }
        }
        if (found.isEmpty()) {
            throw new Rejected(shown + " offers no extension (expected: a file META-INF/services/<SPI interface>, or a"
                    + " bundle that registers one)");
        }
        return found;
    }

    private static <E extends Extension> Collection<ServiceReference<E>> references(BundleContext context,
            Class<E> kind) {
        try {
            return context.getServiceReferences(kind, null);
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Asks everything that an extension says of itself, once: what fails here would fail in the middle of a plan. */
    private static Found described(Class<? extends Extension> kind, Extension extension, String shown) throws Rejected {
        String type = extension.getClass().getName();
        String asked = "name()";
        try {
            String name = extension.name();
            if (name == null || !name.matches("[a-z][a-z0-9_]{0,63}")) {
                throw new Rejected(shown + ": " + type + " calls itself \"" + name
                        + "\" (expected: a lower-case word, [a-z][a-z0-9_]{0,63})");
            }
            asked = "isDefault()";
            boolean isDefault = extension.isDefault();
            if (extension instanceof Configured<?> configured) {
                asked = "configType()";
                if (!configured.configType().isRecord()) {
                    throw new Rejected(shown + ": configType() of " + type + " is no record");
                }
                asked = "fields()";
                List.copyOf(configured.fields());
            }
            if (extension instanceof ClientProtocol<?, ?> protocol) {
                asked = "sharedByListener(), tellsServerName() or canEndStack()";
                protocol.sharedByListener();
                protocol.tellsServerName();
                protocol.canEndStack();
            }
            if (extension instanceof AccessPolicyFactory<?> policy) {
                asked = "decidesByAddress()";
                policy.decidesByAddress();
            }
            if (extension instanceof ConnectionObserverFactory<?> observer) {
                asked = "settingsPath()";
                Objects.requireNonNull(observer.settingsPath());
            }
            if (extension instanceof AdminServer<?> server) {
                asked = "settingsPath()";
                Objects.requireNonNull(server.settingsPath());
            }
            if (extension instanceof AdminResource<?> resource) {
                asked = "settingsPath()";
                Objects.requireNonNull(resource.settingsPath());
            }
            return new Found(kind, extension, name, isDefault);
        } catch (Rejected e) {
            throw e;
        } catch (Throwable e) {
            throw new Rejected(shown + ": " + asked + " of " + type + " failed: " + e, e);
        }
    }

    private static Extension make(ClassLoader loader, Class<? extends Extension> kind, String name, String shown)
            throws Rejected {
        try {
            Class<?> type = Class.forName(name, true, loader);
            if (!kind.isAssignableFrom(type)) {
                throw new Rejected(shown + ": " + name + " is no " + kind.getSimpleName());
            }
            var constructor = type.getDeclaredConstructor();
            constructor.setAccessible(true);
            return (Extension) constructor.newInstance();
        } catch (ClassNotFoundException e) {
            throw new Rejected(shown + ": its services file names " + name + ", which it does not hold");
        } catch (NoSuchMethodException e) {
            throw new Rejected(shown + ": " + name + " has no constructor without parameters");
        } catch (InvocationTargetException e) {
            throw new Rejected(shown + ": the constructor of " + name + " failed: " + e.getCause(), e.getCause());
        } catch (NoClassDefFoundError e) {
            throw new Rejected(shown + " needs class " + String.valueOf(e.getMessage()).replace('/', '.')
                    + ", which neither the gateway nor the jar itself holds");
        } catch (Rejected e) {
            throw e;
        } catch (Throwable e) {
            throw new Rejected(shown + ": " + name + " cannot be made: " + e);
        }
    }

    private static Set<String> announced(ClassLoader loader, Class<?> kind) throws IOException {
        Set<String> names = new LinkedHashSet<>();
        for (URL url : Collections.list(loader.getResources("META-INF/services/" + kind.getName()))) {
            try (BufferedReader lines = new BufferedReader(new InputStreamReader(url.openStream(), StandardCharsets.UTF_8))) {
                lines.lines().map(line -> line.replaceAll("#.*", "").strip()).filter(line -> !line.isEmpty())
                        .forEach(names::add);
            }
        }
        return names;
    }
}
