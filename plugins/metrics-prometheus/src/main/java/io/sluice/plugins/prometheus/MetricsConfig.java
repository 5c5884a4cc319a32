package io.sluice.plugins.prometheus;

import io.sluice.spi.config.Description;

/**
 * {@code metrics} of the settings.
 *
 * @param public_ whether metrics are given without the key of the admin API
 */
@Description("Metrics of the gateway at /metrics of the admin API")
public record MetricsConfig(@Description("Give metrics without the key of the admin API") boolean public_) {
}
