/**
 * Connection observers: they watch what happens to connections and never influence it.
 */
@org.osgi.annotation.versioning.Version("1.0.0")
package io.sluice.spi.observer;
