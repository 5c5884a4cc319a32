/**
 * Protocol layers: what happens to a connection's bytes before they are relayed, on the client's side and on the
 * upstream's side. The only package of the SPI in which Netty is visible.
 */
@org.osgi.annotation.versioning.Version("1.0.0")
package io.sluice.spi.protocol;
