/**
 * HTTP for those who operate the gateway: servers, and what other plugins mount in them.
 */
@org.osgi.annotation.versioning.Version("1.0.0")
package io.sluice.spi.admin;
