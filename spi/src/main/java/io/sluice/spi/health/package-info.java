/**
 * Health commands: the steps of a health conversation, as small state machines that never do I/O themselves.
 */
@org.osgi.annotation.versioning.Version("1.0.0")
package io.sluice.spi.health;
