package io.sluice.it;

import io.sluice.testing.certs.Authority;
import io.sluice.testing.certs.CertificateRequest;
import io.sluice.testing.certs.Issued;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/** Generated definitions of services. */
final class ExplainPlans {

    private static final Authority CA = Authority.root("Test CA");
    private static final Issued SERVER = CA.issue(CertificateRequest.forName("a.example").dns("b.example", "*.wild.example"));
    static final Issued ALICE = CA.issue(CertificateRequest.of("CN=alice,O=Example"));
    static final Issued BOB = CA.issue(CertificateRequest.of("CN=bob,O=Example"));
    static final Issued STRANGER = Authority.root("Other CA").issue(CertificateRequest.of("CN=stranger,O=Example"));
    private static final List<String> DOMAINS = List.of("", "a.example", "b.example", "*.wild.example");
    private static final List<String> BALANCERS = List.of("round_robin", "first", "source_hash", "least_connections");

    /** A port, and how it is spoken to. */
    record Port(int number, boolean tls, boolean proxied) {
    }

    private final Random random;
    private final List<String> targets;
    private final List<Port> ports;
    private List<String> written = List.of();

    ExplainPlans(Random random, List<String> targets) throws IOException {
        this.random = random;
        this.targets = targets;
        this.ports = List.of(new Port(Gateway.freePort(), false, false), new Port(Gateway.freePort(), false, true),
                new Port(Gateway.freePort(), true, false), new Port(Gateway.freePort(), true, false),
                new Port(Gateway.freePort(), true, true));
    }

    List<Port> ports() {
        return ports;
    }

    /** What definitions refer to. */
    void materials(Gateway gateway) throws IOException {
        gateway.file("certs/server.pem", SERVER.pem()).file("certs/ca.pem", CA.own().certificatePem());
    }

    /** Writes another plan. */
    void write(Gateway gateway) throws IOException, GeneralSecurityException {
        List<String> ids = new ArrayList<>();
        for (Port port : ports) {
            String proxy = port.proxied() ? proxy() : "";
            int services = port.tls() ? 1 + random.nextInt(4) : 1;
            int first = random.nextInt(DOMAINS.size());
            for (int i = 0; i < services; i++) {
                String domain = port.tls() ? DOMAINS.get((first + i) % DOMAINS.size()) : "";
                String id = "s" + ports.indexOf(port) + "-" + i;
                String alpn = port.tls() ? List.of("", "\"mqtt\"", "\"redis\", \"mqtt\"").get(random.nextInt(3)) : "";
                gateway.service(id, service(id, port, domain, alpn, proxy));
                ids.add(id);
                if (!alpn.isEmpty() && random.nextBoolean()) {
                    gateway.service(id + "-any", service(id + "-any", port, domain, "", proxy));
                    ids.add(id + "-any");
                }
            }
        }
        for (String id : written) {
            if (!ids.contains(id)) {
                gateway.withoutService(id);
            }
        }
        written = ids;
    }

    private String proxy() {
        return ", \"enable_proxy_protocol\": true, \"proxy_protocol\": { \"trusted\": ["
                + List.of("\"127.0.0.0/30\"", "\"127.0.0.1\", \"127.0.0.4\"", "\"127.0.0.0/8\"").get(random.nextInt(3)) + "] }";
    }

    private String service(String id, Port port, String domain, String alpn, String proxy) throws GeneralSecurityException {
        return "{ \"api_id\": \"" + id + "\", \"name\": \"" + id + "\", \"listen_port\": " + port.number() + ", \"protocol\": \""
                + (port.tls() ? "tls\", \"certificate\": \"certs/server.pem\", \"tls\": { \"alpn\": [" + alpn + "] }" + mutual() : "tcp\"")
                + ", \"domain\": \"" + domain + "\"" + proxy + access() + ", \"on_service_removed\": \"close\","
                + " \"limits\": { \"max_connections\": " + random.nextInt(6) + ", \"max_connections_per_ip\": " + random.nextInt(4)
                + " }, \"enable_load_balancing\": true" + upstream() + " }";
    }

    private String mutual() throws GeneralSecurityException {
        if (random.nextInt(3) > 0) {
            return "";
        }
        String allowed = random.nextBoolean() ? "" : ", \"client_authorization\": { \"fingerprints\": [\"" + HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(encoded(ALICE))) + "\"] }";
        return ", \"use_mutual_tls_auth\": true, \"client_certificates\": \"certs/ca.pem\"" + allowed;
    }

    private static byte[] encoded(Issued identity) throws GeneralSecurityException {
        return identity.certificate().getEncoded();
    }

    private String access() {
        String networks = List.of("\"127.0.0.2\"", "\"127.0.0.0/30\"", "\"192.0.2.0/31\", \"127.0.0.4\"", "\"192.0.2.3\", \"127.0.0.3\"")
                .get(random.nextInt(4));
        return switch (random.nextInt(4)) {
            case 0 -> ", \"enable_ip_whitelisting\": true, \"allowed_ips\": [" + networks + "]";
            case 1 -> ", \"enable_ip_blacklisting\": true, \"blacklisted_ips\": [" + networks + "]";
            default -> "";
        };
    }

    /** Targets with weights and priorities; sometimes probed, and then one of them is down. */
    private String upstream() {
        boolean probed = random.nextInt(3) == 0;
        List<String> list = new ArrayList<>();
        List<String> checks = new ArrayList<>();
        for (String target : targets.subList(0, 1 + random.nextInt(targets.size()))) {
            list.add("{ \"url\": \"" + target + "\", \"weight\": " + random.nextInt(3) + ", \"priority\": " + random.nextInt(2) + " }");
        }
        if (probed) {
            list.add("{ \"url\": \"127.0.0.1:1\", \"weight\": 2, \"priority\": 0 }");
            checks.add("{ \"url\": \"127.0.0.1:1\" }");
        }
        return (probed ? ", \"check_host_against_uptime_tests\": true, \"uptime_tests\": { \"check_list\": [" + String.join(", ", checks)
                + "], \"config\": { \"time_wait\": 3600 } }" : "")
                + ", \"proxy\": { \"balancer\": \"" + BALANCERS.get(random.nextInt(BALANCERS.size()))
                + "\", \"target_list\": [" + String.join(", ", list) + "] }";
    }
}
