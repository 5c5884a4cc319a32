/**
 * Runs a plan: opens, closes and rewires only what differs from the plan before.
 */
package io.sluice.kernel.runtime;
