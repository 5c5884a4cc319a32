package io.sluice.it;

import java.io.IOException;
import java.util.Arrays;
import java.util.Map;

/** A small plugin of each kind, whose behaviour tells its version: {@code 1} or {@code 2}. */
enum SwapKind {

    BALANCER("balancer.BalancerFactory", "BalancerFactory<%C>", """
            @Override public Balancer create(%C config, ServiceInfo service) {
                return new Balancer() {
                    private volatile List<Target> all = List.of();
                    @Override public void targets(List<Target> candidates) { all = candidates; }
                    @Override public Target pick(Predicate<Target> attempted, ClientFacts client) {
                        return all.get("%V".equals("1") ? 0 : all.size() - 1);
                    }
                    @Override public Target preview(ClientFacts client) { return pick(t -> false, client); }
                };
            }
            """, "\"proxy\": { \"balancer\": { \"name\": \"swap_balancer\", \"word\": \"w\" }, \"target_list\": [\"%1\", \"%2\"] }"),

    ACCESS("access.AccessPolicyFactory", "AccessPolicyFactory<%C>", """
            @Override public AccessPolicy create(%C config, ServiceInfo service, Findings findings) {
                return client -> "%V".equals("1") ? AccessDecision.ALLOW : AccessDecision.refuse("as asked");
            }
            """, "\"access\": [ { \"name\": \"swap_access\", \"word\": \"w\" } ], \"proxy\": { \"target_url\": \"%1\" }"),

    LAYER("protocol.ClientProtocol", "ClientProtocol<%C, String>", """
            @Override public String prepare(%C config, ServiceInfo service, Findings findings) { return "%V"; }
            @Override public boolean canEndStack() { return false; }
            @Override public ClientLayer layer(ListenerView<String> listener) {
                String word = listener.services().get(0).prepared();
                return connection -> {
                    connection.channel().writeAndFlush(Unpooled.copiedBuffer(word, StandardCharsets.US_ASCII));
                    connection.proceed();
                };
            }
            """, "\"layers\": [ { \"name\": \"swap_layer\", \"word\": \"w\" } ], \"proxy\": { \"target_url\": \"%E\" }"),

    UPSTREAM("protocol.UpstreamProtocol", "UpstreamProtocol<%C>", """
            @Override public List<ConfigField> fields() { return List.of(ConfigField.config("swap_upstream")); }
            @Override public UpstreamLayer layer(%C config, ServiceInfo service, Findings findings) {
                return connection -> {
                    connection.channel().writeAndFlush(Unpooled.copiedBuffer("%V", StandardCharsets.US_ASCII));
                    connection.proceed();
                };
            }
            """, "\"swap_upstream\": { \"word\": \"w\" }, \"proxy\": { \"target_url\": \"%E\" }"),

    HEALTH("health.HealthCommand", "HealthCommand<%C>", """
            @Override public PreparedCommand prepare(%C config, Findings findings) {
                return () -> new Step() {
                    @Override public byte[] opening() { return "%V".getBytes(StandardCharsets.US_ASCII); }
                    @Override public StepResult examine(ByteBuffer unread, Cause cause) { return StepResult.PASSED; }
                };
            }
            """, "\"check_host_against_uptime_tests\": true, \"proxy\": { \"target_url\": \"%H\" }, \"uptime_tests\": { \"check_list\":"
            + " [ { \"url\": \"%H\", \"interval\": \"100ms\", \"timeout\": \"100ms\", \"commands\": [ { \"name\": \"swap_health\", \"word\": \"w\" } ] } ] }"),

    DISCOVERY("discovery.TargetDiscovery", "TargetDiscovery<%C>", """
            @Override public PreparedDiscovery prepare(%C config, ServiceInfo service, Findings findings) {
                return new PreparedDiscovery() {
                    @Override public TargetLookup begin(DiscoveryContext context) {
                        return () -> new DiscoveryAnswer(List.of(FoundTarget.at(config.word().split(" ")["%V".equals("1") ? 0 : 1])),
                                Duration.ofMillis(200));
                    }
                    @Override public Duration refresh() { return Duration.ofMillis(200); }
                };
            }
            """, "\"proxy\": { \"service_discovery\": { \"name\": \"swap_discovery\", \"word\": \"%1 %2\" } }"),

    OBSERVER("observer.ConnectionObserverFactory", "ConnectionObserverFactory<%C>", """
            @Override public ConnectionObserver create(%C config, Path base) {
                return new ConnectionObserver() {
                    @Override public void closed(ConnectionSummary summary) {
                        try {
                            Files.writeString(Path.of(config.word()), "%V");
                        } catch (java.io.IOException e) {
                            throw new java.io.UncheckedIOException(e);
                        }
                    }
                };
            }
            """, "\"proxy\": { \"target_url\": \"%1\" }"),

    RESOURCE("admin.AdminResource", "AdminResource<%C>", """
            @Override public List<AdminRoute> mount(%C config, io.sluice.spi.control.GatewayControl gateway) {
                return List.of(new AdminRoute("GET", "/swapped", AdminRoute.Access.PUBLIC,
                        request -> AdminResponse.text(200, "text/plain", "%V")));
            }
            """, "\"proxy\": { \"target_url\": \"%1\" }");

    private static final String IMPORTS = """
            import io.netty.buffer.Unpooled;
            import io.sluice.spi.access.*;
            import io.sluice.spi.admin.*;
            import io.sluice.spi.balancer.*;
            import io.sluice.spi.config.*;
            import io.sluice.spi.connection.*;
            import io.sluice.spi.discovery.*;
            import io.sluice.spi.health.*;
            import io.sluice.spi.observer.*;
            import io.sluice.spi.protocol.*;
            import java.nio.ByteBuffer;
            import java.nio.charset.StandardCharsets;
            import java.nio.file.Files;
            import java.nio.file.Path;
            import java.time.Duration;
            import java.util.List;
            import java.util.function.Predicate;
            """;

    private final String announced;
    private final String type;
    private final String body;
    private final String definition;

    SwapKind(String announced, String type, String body, String definition) {
        this.announced = announced;
        this.type = type;
        this.body = body;
        this.definition = definition;
    }

    String plugin() {
        return "swap_" + name().toLowerCase(java.util.Locale.ROOT);
    }

    /** Whether definitions name it; the others are configured by the settings. */
    boolean isDefined() {
        return this != OBSERVER && this != RESOURCE;
    }

    /** Whether a connection that is open runs on its code, and says which. */
    boolean connects() {
        return this == BALANCER || this == LAYER || this == UPSTREAM;
    }

    String definition(int port, String one, String two, String echo, String health) {
        return "{ \"name\": \"" + plugin() + "\", \"listen_port\": " + port + ", \"protocol\": \"tcp\", \"enable_load_balancing\": true, "
                + definition.replace("%1", one).replace("%2", two).replace("%E", this == UPSTREAM ? plugin() + "://" + echo : echo)
                .replace("%H", health) + " }";
    }

    /**
     * Its jar.
     *
     * @param version what its behaviour tells, or what is wrong: it {@code throws} when it is made, is a {@code misfit} for what
     *                is configured, is {@code renamed}, or {@code damaged}
     */
    byte[] jar(String version) throws IOException {
        String name = version.equals("renamed") ? "other_" + plugin() : plugin();
        String record = "Config(@Required String " + (version.equals("misfit") ? "phrase" : "word") + ")";
        String text = IMPORTS + "public final class Swapped implements " + type.replace("%C", "Swapped.Config") + " {\n"
                + "public record " + record + " { " + (version.equals("misfit") ? "String word() { return phrase; }" : "") + " }\n"
                + (version.equals("throws") ? "public Swapped() { throw new IllegalStateException(\"as asked\"); }\n" : "")
                + "@Override public String name() { return \"" + name + "\"; }\n"
                + "@Override public Class<Swapped.Config> configType() { return Swapped.Config.class; }\n"
                + body.replace("%C", "Swapped.Config").replace("%V", version) + "}\n";
        byte[] jar = PluginJar.compile(plugin(), Map.of("Swapped", text), Map.of(announced, "Swapped"));
        return version.equals("damaged") ? Arrays.copyOf(jar, jar.length / 2) : jar;
    }
}
