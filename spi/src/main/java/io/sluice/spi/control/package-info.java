/**
 * What the kernel offers to plugins through which people and programs operate the gateway: its state, changes with a
 * preview, explanations, events.
 *
 * <p>Everything here is implemented by the kernel and may be called from any thread but an event loop of the data path.
 * Reading a state answers a snapshot at once; what changes something waits for the kernel's control thread, and so may
 * block for some seconds. The records have the field names of the admin API when they are written as JSON.
 */
@org.osgi.annotation.versioning.Version("1.0.0")
package io.sluice.spi.control;
