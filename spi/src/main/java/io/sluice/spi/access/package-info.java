/**
 * Access policies: whether a client may use a service at all.
 */
@org.osgi.annotation.versioning.Version("1.0.0")
package io.sluice.spi.access;
