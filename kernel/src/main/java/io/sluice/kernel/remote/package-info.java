/**
 * A running gateway as its commands see it from another process: through the admin API, over HTTP.
 *
 * <p>Nothing here loads Netty or the plugin host: a command has to answer in the time that a JVM takes to start.
 */
package io.sluice.kernel.remote;
