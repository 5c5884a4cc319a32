/**
 * Whom a service admits by client certificate.
 */
package io.sluice.plugins.tls.trust;
