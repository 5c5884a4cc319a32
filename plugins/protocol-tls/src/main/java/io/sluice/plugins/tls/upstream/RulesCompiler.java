package io.sluice.plugins.tls.upstream;

import io.netty.handler.ssl.SslContext;
import io.netty.util.NetUtil;
import io.sluice.plugins.tls.material.BadMaterial;
import io.sluice.plugins.tls.material.CertificateReader;
import io.sluice.plugins.tls.material.Digest;
import io.sluice.plugins.tls.material.DigestList;
import io.sluice.plugins.tls.material.Identity;
import io.sluice.plugins.tls.material.Names;
import io.sluice.plugins.tls.material.Validity;
import io.sluice.plugins.tls.provider.CipherSuites;
import io.sluice.plugins.tls.provider.TlsProvider;
import io.sluice.plugins.tls.provider.TlsVersion;
import io.sluice.spi.config.Findings;
import io.sluice.spi.config.Material;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/** From a service's configuration to its rules, or to what is wrong with it. Control thread. */
final class RulesCompiler {

    private static final Pattern NAME = Pattern.compile("[a-z0-9_]([a-z0-9_.-]{0,251}[a-z0-9_])?");

    private final UpstreamConfig config;
    private final Findings findings;
    private final Instant now = Instant.now();
    private boolean valid = true;

    RulesCompiler(UpstreamConfig config, Findings findings) {
        this.config = config;
        this.findings = findings;
    }

    /** Reads one value of a map by host. */
    private interface Reader<T, R> {

        R read(T value, String field) throws BadMaterial;
    }

    /** The rules; empty after an error. */
    Optional<UpstreamRules> compile() {
        String serverName = serverName();
        Offer offer = new Offer(versions(), suites(), alpn());
        Optional<Trust> trust = trust();
        HostMap<Set<Digest>> pins = pins();
        Map<String, Identity> identities = identities();
        if (config.sslInsecureSkipVerify() && pins.isEmpty()) {
            findings.warning("ssl_insecure_skip_verify", "true: any certificate passes, so anyone in between can read along "
                    + "(expected: false)", "name the authority in \"ca\", or pin the target's key");
        }
        return valid ? contexts(new UpstreamRules(trust, serverName, config.sslForceCommonNameCheck(), pins, null, null,
                new Verifier(), offer), identities) : Optional.empty();
    }

    private Optional<UpstreamRules> contexts(UpstreamRules rules, Map<String, Identity> identities) {
        UpstreamContexts contexts = new UpstreamContexts(TlsProvider.current(), rules.offer(), rules.verifier());
        try {
            Map<Identity, SslContext> made = new HashMap<>();
            Map<String, SslContext> byHost = new HashMap<>();
            for (Map.Entry<String, Identity> entry : identities.entrySet()) {
                SslContext context = made.get(entry.getValue());
                if (context == null) {
                    context = contexts.make(Optional.of(entry.getValue()));
                    made.put(entry.getValue(), context);
                }
                byHost.put(entry.getKey(), context);
            }
            return Optional.of(new UpstreamRules(rules.trust(), rules.serverName(), rules.commonName(), rules.pins(),
                    contexts.make(Optional.empty()), new HostMap<>(byHost), rules.verifier(), rules.offer()));
        } catch (SSLException e) {
            error("", "TLS cannot be set up: " + Names.printable(String.valueOf(e.getMessage())),
                    "look at the certificates, keys and cipher suites of this service");
            return Optional.empty();
        }
    }

    private String serverName() {
        if (config.serverName() == null || config.serverName().isEmpty()) {
            return "";
        }
        String name = UpstreamRules.name(config.serverName());
        if (!NAME.matcher(name).matches() && !NetUtil.isValidIpV6Address(name)) {
            error("server_name", "\"" + Names.printable(config.serverName()) + "\" (expected: a host name or an IP address)",
                    "no scheme, no port, no wildcard; international names are written in their xn-- form");
        }
        return name;
    }

    private List<String> versions() {
        TlsVersion least = version("ssl_min_version", config.sslMinVersion(), TlsVersion.TLS_1_2);
        TlsVersion most = version("ssl_max_version", config.sslMaxVersion(), TlsVersion.TLS_1_3);
        List<String> versions = least.upTo(most);
        if (versions.isEmpty()) {
            error("ssl_min_version", config.sslMinVersion() + " (expected: not above ssl_max_version, " + config.sslMaxVersion() + ")",
                    "swap the two, or leave one of them out");
        }
        return versions;
    }

    /** Tyk writes 0 where nothing is chosen. */
    private TlsVersion version(String field, String written, TlsVersion otherwise) {
        if (written == null || written.isEmpty() || written.equals("0")) {
            return otherwise;
        }
        Optional<TlsVersion> version = TlsVersion.parse(written);
        if (version.isEmpty()) {
            error(field, Names.printable(written) + " (expected: " + TlsVersion.RULE + ")", "what is older is broken, and not spoken here");
        }
        return version.orElse(otherwise);
    }

    private List<String> suites() {
        List<String> chosen = config.sslCiphers();
        boolean known = true;
        for (int i = 0; i < chosen.size(); i++) {
            if (!CipherSuites.isKnown(chosen.get(i))) {
                known = false;
                error("ssl_ciphers[" + i + "]", "\"" + Names.printable(chosen.get(i)) + "\" (expected: one of "
                        + String.join(", ", CipherSuites.known()) + ")", "suites without forward secrecy are not spoken here");
            }
        }
        if (known && !chosen.isEmpty() && chosen.stream().noneMatch(CipherSuites::isTls12)) {
            findings.warning("ssl_ciphers", "only suites of TLS 1.3, which are always offered (expected: suites of TLS 1.2)",
                    "set \"ssl_min_version\": \"1.3\" to speak TLS 1.3 only");
            return CipherSuites.byDefault();
        }
        return known ? CipherSuites.of(chosen) : List.of();
    }

    private List<String> alpn() {
        for (int i = 0; i < config.alpn().size(); i++) {
            String protocol = config.alpn().get(i);
            if (protocol.length() > 255 || !protocol.chars().allMatch(c -> c > 0x20 && c < 0x7f)) {
                error("alpn[" + i + "]", "\"" + Names.printable(protocol) + "\" (expected: up to 255 printable ASCII characters)",
                        "the names are those of IANA's registry: postgresql, mqtt, h2");
            }
        }
        return config.alpn();
    }

    private Optional<Trust> trust() {
        if (config.sslInsecureSkipVerify()) {
            if (config.ca() != null) {
                findings.warning("ca", config.ca().name() + " has no effect (expected: together with verification)",
                        "remove \"ssl_insecure_skip_verify\"");
            }
            return Optional.empty();
        }
        try {
            if (config.ca() == null) {
                return Optional.of(Trust.ofJvm());
            }
            List<X509Certificate> authorities = CertificateReader.certificates(config.ca().bytes());
            authorities.forEach(authority -> findings.holdsUntil(authority.getNotAfter().toInstant().plusSeconds(1)));
            if (authorities.stream().allMatch(authority -> Validity.of(List.of(authority)).problem(now).isPresent())) {
                findings.warning("ca", Validity.of(List.of(authorities.get(0))).problem(now).orElse("")
                        + " (expected: an authority that is valid now)", "targets below it are refused");
            }
            return Optional.of(Trust.of(authorities));
        } catch (BadMaterial e) {
            error("ca", config.ca().name() + ": " + e.getMessage(), e.hint());
        } catch (GeneralSecurityException e) {
            error("ca", "the JVM's trust store cannot be read: " + Names.printable(String.valueOf(e.getMessage())),
                    "name the authority's certificate in \"ca\"");
        }
        return Optional.empty();
    }

    private HostMap<Set<Digest>> pins() {
        Reader<UpstreamConfig.Pins, Set<Digest>> reader = (pins, field) -> Set.copyOf(DigestList.parse(pins.keys()));
        Map<String, Set<Digest>> all = byHost("security_pinned_public_keys", config.securityPinnedPublicKeys(), reader);
        all.putAll(byHost("pinned_public_keys", config.pinnedPublicKeys(), reader));
        if (config.certificatePinningDisabled() && !all.isEmpty()) {
            findings.warning("certificate_pinning_disabled", "true: no pin is checked (expected: false)",
                    "this parks the pins of the settings for this service, too");
        }
        return new HostMap<>(config.certificatePinningDisabled() ? Map.of() : all);
    }

    private Map<String, Identity> identities() {
        Map<String, Identity> all = byHost("security_upstream_certificates", config.securityUpstreamCertificates(), this::identity);
        all.putAll(byHost("upstream_certificates", config.upstreamCertificates(), this::identity));
        return config.upstreamCertificatesDisabled() ? Map.of() : all;
    }

    private Identity identity(Material material, String field) throws BadMaterial {
        Identity identity = Identity.read(material.bytes());
        Validity validity = Validity.of(identity.chain());
        new Expiry(validity, now).warn(field, findings);
        return identity;
    }

    private <T, R> Map<String, R> byHost(String field, Map<String, T> written, Reader<T, R> reader) {
        Map<String, R> read = new LinkedHashMap<>();
        written.forEach((host, value) -> {
            String at = field + "[\"" + host + "\"]";
            Optional<String> key = HostMap.key(host);
            if (key.isEmpty()) {
                error(at, "\"" + Names.printable(host) + "\" (expected: " + HostMap.RULE + ")", "a wildcard stands for exactly one label");
                return;
            }
            try {
                if (read.put(key.get(), reader.read(value, at)) != null) {
                    error(at, "\"" + Names.printable(host) + "\" stands there twice (expected: once)", "remove one of the two: case and a dot at the end do not count");
                }
            } catch (BadMaterial e) {
                error(at, (value instanceof Material material ? material.name() + ": " : "") + e.getMessage(), e.hint());
            }
        });
        return read;
    }

    private void error(String field, String message, String hint) {
        valid = false;
        findings.error(field, message, hint);
    }
}
