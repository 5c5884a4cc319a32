/**
 * The side towards targets: {@code tls://}. Verifies chain and host name unless it is told not to, checks pins beside
 * that, and shows a client certificate where the target's host has one.
 */
package io.sluice.plugins.tls.upstream;
