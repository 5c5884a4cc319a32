/**
 * Discovery: where the targets of a service come from when they change by themselves.
 *
 * <p>An extension only knows how to ask once. When it is asked, how often, on which thread, for how long, and what
 * becomes of a failure is the kernel's affair.
 */
@org.osgi.annotation.versioning.Version("1.0.0")
package io.sluice.spi.discovery;
