/**
 * The plan: settings, definitions and installed plugins, turned into an immutable value that says all that is to run.
 * Pure: no sockets, no threads, no Netty.
 */
package io.sluice.kernel.plan;
