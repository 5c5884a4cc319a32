package io.sluice.plugins.redisrole;

import io.sluice.spi.config.Default;
import io.sluice.spi.config.Description;
import java.util.Locale;

/**
 * Which role a server must have, and how to log in.
 *
 * @param role     what it must be
 * @param linkUp   of a replica: whether its link to its master must be up
 * @param username of an ACL user; {@code null} for the default user
 * @param password {@code null} when none is needed
 */
@Description("Asks a Redis server for its role")
public record RedisRoleConfig(
        @Default("master") @Description("The role that the server must have") Role role,
        @Description("Of a replica: pass only while its link to its master is up") boolean linkUp,
        @Description("ACL user; without one, the default user") String username,
        @Description("Password, if the server needs one") String password) {

    /** What a server can be. */
    public enum Role {
        /** Takes writes, as far as it knows. */
        MASTER,
        /** Follows another one. */
        REPLICA;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "RedisRoleConfig[role=" + role + ", linkUp=" + linkUp + ", username=" + username + "]";
    }
}
