/**
 * What is known about a connection: addresses by role, TLS facts, the service, and why it ended.
 */
@org.osgi.annotation.versioning.Version("1.0.0")
package io.sluice.spi.connection;
