package io.sluice.plugins.accesslog;

import io.sluice.spi.config.Default;
import io.sluice.spi.config.Description;

/**
 * How and where connections are recorded.
 *
 * @param enabled whether they are
 * @param format  how a line looks
 * @param file    the file to append to, from the base folder; absent for standard output
 */
@Description("One line per connection, when it ends")
public record AccessLogConfig(
        @Default("true") @Description("Whether connections are recorded") boolean enabled,
        @Default("json") @Description("How a line looks") Format format,
        @Description("File to append to, relative to the base folder; standard output if absent")
        String file) {

    /** How a line looks. */
    public enum Format {
        /** A JSON object. */
        JSON,
        /** The fields of HAProxy's {@code option tcplog}. */
        HAPROXY_TCPLOG
    }

    /** An empty name is no file. */
    public AccessLogConfig {
        format = format == null ? Format.JSON : format;
        file = file == null || file.isBlank() ? null : file;
    }
}
