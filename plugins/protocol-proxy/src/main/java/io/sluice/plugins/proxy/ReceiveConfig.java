package io.sluice.plugins.proxy;

import io.sluice.spi.config.Default;
import io.sluice.spi.config.Description;
import java.util.List;

/** How headers are received: {@code proxy_protocol} of a definition. */
@Description("The PROXY header that a proxy in front sends.")
record ReceiveConfig(
        @Default("required") @Description("Whether a connection must begin with a header.") Mode mode,
        @Description("Networks that may send a header; empty for anyone.") List<String> trusted,
        @Description("Versions that are accepted; empty for both.") List<Version> versions) {

    /** Whether a connection must begin with a header. */
    enum Mode {
        REQUIRED, OPTIONAL
    }

    boolean accepts(Version version) {
        return versions.isEmpty() || versions.contains(version);
    }
}
