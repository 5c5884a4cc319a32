package io.sluice.kernel.gateway;

import io.sluice.kernel.config.Settings;
import io.sluice.kernel.problem.LiveProblems;
import io.sluice.kernel.problem.Place;
import io.sluice.kernel.problem.Problem;
import io.sluice.spi.admin.AdminDoor;
import io.sluice.spi.admin.AdminRoute;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** The way in for operators. Told by the control thread, asked by any. */
final class Door implements AdminDoor {

    private static final String CODE = "admin_closed";
    private static final String SOCKET_CODE = "admin_socket_closed";

    private final AdminSecret secret;
    private final Optional<String> address;
    private final Optional<ServerSocketChannel> inherited;
    private final Optional<Path> socket;
    private final LiveProblems problems;
    private volatile Set<String> hosts = Set.of();
    private volatile List<AdminRoute> mounted = List.of();
    private volatile Open open = new Open(Optional.empty(), Optional.empty());
    private volatile Runnable change = () -> { };

    /**
     * Where operators can come in.
     *
     * @param url    over TCP
     * @param socket a UNIX domain socket
     */
    record Open(Optional<String> url, Optional<Path> socket) {

        boolean isNowhere() {
            return url.isEmpty() && socket.isEmpty();
        }
    }

    /**
     * @param address   as it was at the start: {@code host:port} or {@code off}
     * @param inherited what listens there already
     * @param socket    as it was at the start
     */
    Door(AdminSecret secret, String address, Optional<ServerSocketChannel> inherited, Optional<Path> socket,
            LiveProblems problems) {
        this.secret = secret;
        this.address = address.equals("off") ? Optional.empty() : Optional.of(address);
        this.inherited = inherited;
        this.socket = socket;
        this.problems = problems;
    }

    /** What the settings say from now on; answers what is wrong. */
    List<Problem> update(Settings settings) {
        hosts = settings.admin().hosts().stream().map(host -> host.toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
        return address.isEmpty() && socket.isEmpty() ? List.of() : secret.update(settings);
    }

    void mount(List<AdminRoute> routes) {
        mounted = List.copyOf(routes);
    }

    /** Where it is open. */
    Open open() {
        return open;
    }

    /** Called on any thread when {@link #open} has changed. */
    void onChange(Runnable told) {
        change = told;
    }

    /** No server is left. */
    void shut() {
        problems.clear(CODE, "", "");
        problems.clear(SOCKET_CODE, "", "");
        set(before -> new Open(Optional.empty(), Optional.empty()));
    }

    @Override
    public Optional<String> address() {
        return address;
    }

    @Override
    public Optional<ServerSocketChannel> inherited() {
        return inherited.filter(ServerSocketChannel::isOpen);
    }

    @Override
    public Optional<Path> socket() {
        return socket;
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
        set(before -> new Open(Optional.of(where), before.socket()));
    }

    @Override
    public void failed(String reason) {
        problems.raise(Problem.error(CODE, Place.NONE, "the admin API is closed: " + reason,
                "it is tried again until it opens; admin.address in conf/sluice.json says where"), "");
        set(before -> new Open(Optional.empty(), before.socket()));
    }

    @Override
    public void socketOpened() {
        problems.clear(SOCKET_CODE, "", "");
        set(before -> new Open(before.url(), socket));
    }

    @Override
    public void socketFailed(String reason) {
        problems.raise(Problem.error(SOCKET_CODE, Place.NONE, "the admin API's socket is closed: " + reason,
                "it is tried again until it opens; admin.socket in conf/sluice.json says where"), "");
        set(before -> new Open(before.url(), Optional.empty()));
    }

    private synchronized void set(UnaryOperator<Open> step) {
        Open now = step.apply(open);
        if (!now.equals(open)) {
            open = now;
            change.run();
        }
    }
}
