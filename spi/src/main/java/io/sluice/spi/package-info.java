/**
 * What every extension of the gateway has in common: a name, and a way to refuse to work.
 *
 * <p>An <em>extension</em> is one object of one kind (a protocol layer, a balancer, a health command, ...). A
 * <em>plugin</em> is the jar that it arrives in. A plain jar announces its extensions with one
 * {@code META-INF/services/<interface>} file per kind; a bundle may register them as OSGi services instead.
 */
@org.osgi.annotation.versioning.Version("1.0.0")
package io.sluice.spi;
