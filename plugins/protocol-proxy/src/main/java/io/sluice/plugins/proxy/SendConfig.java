package io.sluice.plugins.proxy;

import io.sluice.spi.config.Default;
import io.sluice.spi.config.Description;
import io.sluice.spi.config.Range;
import io.sluice.spi.config.Shorthand;
import java.util.List;

/** Which header is sent: {@code proxy.send_proxy_protocol} of a definition. */
@Description("The PROXY header that targets are sent.")
record SendConfig(
        @Shorthand @Default("v1") @Description("v1 or v2.") Version version,
        @Description("What the header says besides addresses; v2 only.") List<Tlv> tlvs) {

    /** One TLV: by name, or of one's own type. */
    record Tlv(
            @Shorthand @Description("authority, alpn, ssl, unique_id or crc32c.") String name,
            @Range(min = 0, max = 255) @Description("A type for applications, 224 to 247, with a value.") Integer type,
            @Description("The value of that type, as text.") String value) {
    }
}
