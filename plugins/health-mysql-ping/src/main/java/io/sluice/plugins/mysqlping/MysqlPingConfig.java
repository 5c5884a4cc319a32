package io.sluice.plugins.mysqlping;

import io.sluice.spi.config.Description;

/**
 * What is asked of a server beyond its greeting.
 *
 * @param user    an account without a password to log in with; {@code null} to go after the greeting
 * @param version text that the server's version must contain; {@code null} for any
 */
@Description("Waits for a MySQL or MariaDB server's greeting, and may log in and ping it")
public record MysqlPingConfig(
        @Description("Account without a password and without rights, to log in and ping with") String user,
        @Description("Text that the server's version must contain, such as MariaDB or 8.4") String version) {
}
