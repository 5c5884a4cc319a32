package io.sluice.plugins.postgresrole;

import io.sluice.spi.config.Default;
import io.sluice.spi.config.Description;
import io.sluice.spi.config.Required;
import java.util.Locale;

/**
 * Which role a server must have, and how to log in.
 *
 * @param role     what it must be
 * @param user     the role to log in as; it needs no rights but that to connect
 * @param password {@code null} when the server asks for none
 * @param database to connect to
 */
@Description("Asks a PostgreSQL server for its role")
public record PostgresRoleConfig(
        @Default("primary") @Description("The role that the server must have") Role role,
        @Required @Description("User to log in as; it needs no rights but that to connect") String user,
        @Description("Password, if the server asks for one") String password,
        @Default("postgres") @Description("Database to connect to") String database) {

    /** What a server can be. */
    public enum Role {
        /** Takes writes. */
        PRIMARY,
        /** In recovery: follows a primary, or is being restored. */
        STANDBY;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "PostgresRoleConfig[role=" + role + ", user=" + user + ", database=" + database + "]";
    }
}
