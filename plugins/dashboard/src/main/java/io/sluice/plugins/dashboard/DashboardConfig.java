package io.sluice.plugins.dashboard;

import io.sluice.spi.config.Default;
import io.sluice.spi.config.Description;

/**
 * {@code plugin_settings.dashboard} of the settings.
 *
 * @param enabled whether the page is there
 */
@Description("The dashboard at / of the admin API")
public record DashboardConfig(@Default("true") @Description("Whether the page is there") boolean enabled) {
}
