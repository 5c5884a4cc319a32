package com.example.lines;

import io.sluice.spi.health.HealthCommand;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Registers the command; the framework takes it back by itself when the bundle stops. */
public final class Activator implements BundleActivator {

    @Override
    public void start(BundleContext context) {
        context.registerService(HealthCommand.class, new ExpectLines(), null);
    }

    @Override
    public void stop(BundleContext context) {
        // Nothing to give back: no threads, no files.
    }
}
