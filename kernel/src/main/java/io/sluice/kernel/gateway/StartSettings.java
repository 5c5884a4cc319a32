package io.sluice.kernel.gateway;

import io.sluice.kernel.config.Settings;
import io.sluice.kernel.json.JsonValue;
import io.sluice.kernel.json.JsonValue.JsonObject;
import io.sluice.kernel.plan.ListenAddress;
import io.sluice.kernel.problem.Place;
import io.sluice.kernel.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * The settings that are read once, at start. An edit of them waits for a restart, and a problem says so.
 *
 * @param workers      event loops
 * @param transport    how sockets are driven
 * @param adminAddress of the admin API
 * @param adminSocket  of the admin API as well, as it is written; {@code null} if there is none
 */
record StartSettings(int workers, Settings.Transport transport, String adminAddress, String adminSocket) {

    static StartSettings of(Settings settings) {
        return new StartSettings(settings.workers(), settings.transport(), settings.admin().address(),
                settings.admin().socket());
    }

    /** The admin API's address, which no service may take. */
    Map<ListenAddress, String> reserved() {
        int colon = adminAddress.lastIndexOf(':');
        if (colon < 0 || !adminAddress.substring(colon + 1).matches("\\d{1,5}")) {
            return Map.of();
        }
        String host = adminAddress.substring(0, colon).replace("[", "").replace("]", "");
        return Map.of(new ListenAddress(host, Integer.parseInt(adminAddress.substring(colon + 1))),
                "the admin API (admin.address in conf/sluice.json)");
    }

    /** What of the given settings is not in effect yet. */
    List<Problem> waiting(Settings now) {
        List<Problem> problems = new ArrayList<>();
        compare("workers", workers, now.workers(), now, problems);
        compare("transport", transport, now.transport(), now, problems);
        compare("admin.address", adminAddress, now.admin().address(), now, problems);
        compare("admin.socket", adminSocket, now.admin().socket(), now, problems);
        return problems;
    }

    /** Says that a transport was asked for and another one is used. */
    List<Problem> otherTransport(String used, Settings now) {
        if (transport == Settings.Transport.AUTO || word(transport).equals(used)) {
            return List.of();
        }
        JsonValue written = now.source().get("transport");
        return List.of(Problem.warning("transport", written == null ? Place.NONE : written.place(),
                "transport: " + word(transport) + " cannot be used here (in use: " + used + ")",
                transport == Settings.Transport.EPOLL ? "this version uses nio for epoll: see docs/decisions/0001"
                        : "the kernel or the container's rules forbid it, or sockets are inherited, which only nio can adopt;"
                        + " \"auto\" asks for nothing"));
    }

    private static void compare(String field, Object then, Object now, Settings settings, List<Problem> problems) {
        if (!Objects.equals(then, now)) {
            JsonValue value = settings.source();
            for (String step : field.split("\\.")) {
                value = value instanceof JsonObject object && object.get(step) != null ? object.get(step) : value;
            }
            problems.add(Problem.warning("waits_for_restart", value.place(),
                    field + ": " + word(now) + " waits for a restart (in effect: " + word(then) + ")",
                    "restart the gateway when it suits you; everything else in this file is in effect"));
        }
    }

    private static String word(Object value) {
        return value == null ? "none" : value instanceof Enum<?> e ? e.name().toLowerCase(Locale.ROOT) : String.valueOf(value);
    }
}
