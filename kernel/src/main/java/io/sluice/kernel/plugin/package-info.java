/**
 * Plugins: found in folders, vetted, loaded into the OSGi framework, discovered through its service registry, and
 * unloaded when their last user has ended. Imports {@code org.osgi} only, never an implementation.
 */
package io.sluice.kernel.plugin;
