/**
 * A TLS session on a channel, on either side: how it begins, and how each of its directions ends.
 */
package io.sluice.plugins.tls.session;
