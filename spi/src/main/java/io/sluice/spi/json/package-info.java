/**
 * JSON for extensions that talk it: the gateway's own reader and writer, so that no plugin brings a library along.
 */
@org.osgi.annotation.versioning.Version("1.0.0")
package io.sluice.spi.json;
