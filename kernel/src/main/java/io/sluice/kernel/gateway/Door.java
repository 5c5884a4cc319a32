package io.sluice.kernel.gateway;

import io.sluice.kernel.config.Settings;
import io.sluice.kernel.problem.LiveProblems;
import io.sluice.kernel.problem.Place;
import io.sluice.kernel.problem.Problem;
import io.sluice.spi.admin.AdminDoor;
import io.sluice.spi.admin.AdminRoute;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The way in for operators. Told by the control thread, asked by any. */
final class Door implements AdminDoor {

    private static final String CODE = "admin_closed";

    private final AdminSecret secret;
    private final Optional<String> address;
    private final LiveProblems problems;
    private volatile Set<String> hosts = Set.of();
    private volatile List<AdminRoute> mounted = List.of();
    private volatile Optional<String> url = Optional.empty();
    private volatile Runnable change = () -> { };

    /**
     * @param address as it was at the start: {@code host:port} or {@code off}
     */
    Door(AdminSecret secret, String address, LiveProblems problems) {
        this.secret = secret;
        this.address = address.equals("off") ? Optional.empty() : Optional.of(address);
        this.problems = problems;
    }

    /** What the settings say from now on; answers what is wrong. */
    List<Problem> update(Settings settings) {
        hosts = settings.admin().hosts().stream().map(host -> host.toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
        return address.isEmpty() ? List.of() : secret.update(settings);
    }

    void mount(List<AdminRoute> routes) {
        mounted = List.copyOf(routes);
    }

    /** Where it is open; empty where it is not. */
    Optional<String> url() {
        return url;
    }

    /** Called on any thread when the url has changed. */
    void onChange(Runnable told) {
        change = told;
    }

    /** No server is left. */
    void shut() {
        problems.clear(CODE, "", "");
        set(Optional.empty());
    }

    @Override
    public Optional<String> address() {
        return address;
    }

    @Override
    public Set<String> hosts() {
        return hosts;
    }

    @Override
    public boolean accepts(String key) {
        return secret.accepts(key);
    }

    @Override
    public List<AdminRoute> mounted() {
        return mounted;
    }

    @Override
    public void opened(String where) {
        problems.clear(CODE, "", "");
        set(Optional.of(where));
    }

    @Override
    public void failed(String reason) {
        problems.raise(Problem.error(CODE, Place.NONE, "the admin API is closed: " + reason,
                "it is tried again until it opens; admin.address in conf/sluice.json says where"), "");
        set(Optional.empty());
    }

    private void set(Optional<String> now) {
        if (!now.equals(url)) {
            url = now;
            change.run();
        }
    }
}
