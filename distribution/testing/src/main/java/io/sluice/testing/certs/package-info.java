/** Certificates for tests, made at run time: no key is ever kept in the source. */
package io.sluice.testing.certs;
