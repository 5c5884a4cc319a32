/**
 * Asks discovery plugins where targets are: when, on which threads, for how long; and what their answers are worth.
 */
package io.sluice.kernel.discovery;
