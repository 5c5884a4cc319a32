package io.sluice.plugins.filediscovery;

import io.sluice.spi.config.Description;
import io.sluice.spi.config.Required;
import io.sluice.spi.config.Shorthand;

/** Which file. */
record FileConfig(@Required @Shorthand @Description("A JSON file below conf/, written like target_list.") String path) {
}
