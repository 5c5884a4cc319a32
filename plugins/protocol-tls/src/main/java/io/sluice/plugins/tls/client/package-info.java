/**
 * TLS on the client's side: which service a client means, its certificate, and whom it admits.
 */
package io.sluice.plugins.tls.client;
