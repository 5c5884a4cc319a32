package com.example.linegate;

import io.sluice.spi.protocol.ClientProtocol;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Registers the layer; the framework takes it back by itself when the bundle stops. */
public final class Activator implements BundleActivator {

    @Override
    public void start(BundleContext context) {
        context.registerService(ClientProtocol.class, new LineGate(), null);
    }

    @Override
    public void stop(BundleContext context) {
        // Nothing to give back: no threads, no files.
    }
}
