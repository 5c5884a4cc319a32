/**
 * How bytes move between a client's channel and a target's.
 */
package io.sluice.kernel.relay;
