/**
 * Sessions: one accepted connection from its first byte to its access record.
 */
package io.sluice.kernel.session;
