package io.sluice.spi.config;

/**
 * The configuration of an extension that has none. Any field given to it is reported as unknown.
 *
 * @since 1.0
 */
public record NoConfig() {
}
