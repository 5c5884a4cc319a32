/**
 * Balancers: which of a service's targets takes the next connection.
 */
@org.osgi.annotation.versioning.Version("1.0.0")
package io.sluice.spi.balancer;
