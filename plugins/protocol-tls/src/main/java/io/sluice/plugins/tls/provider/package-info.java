/**
 * What both sides share about TLS itself: which provider does the work and on which threads, protocol versions and
 * cipher suites by the names that people write.
 */
package io.sluice.plugins.tls.provider;
