/**
 * Targets: what lives beside plans by service and target, who takes the next connection, and how it is connected.
 */
package io.sluice.kernel.upstream;
