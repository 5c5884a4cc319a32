/**
 * Health checks: probes, the conversations that they hold, and the threads on which commands of plugins think. What
 * follows from results is decided in {@code upstream}.
 */
package io.sluice.kernel.health;
