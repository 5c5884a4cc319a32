/**
 * The first message of a TLS client, read without answering it: whom it wants to reach, and what it speaks.
 */
package io.sluice.plugins.tls.hello;
