package io.sluice.plugins.tls.client;

import io.sluice.plugins.tls.client.ClientConfig.Allowed;
import io.sluice.plugins.tls.client.ClientConfig.Authorization;
import io.sluice.plugins.tls.provider.TlsVersion;
import io.sluice.spi.config.Material;
import java.util.ArrayList;
import java.util.List;

/** Builds configurations of services. */
final class Settings {

    private final List<Material> certificates = new ArrayList<>();
    private final List<Material> clients = new ArrayList<>();
    private List<String> alpn = List.of();
    private boolean passthrough;
    private boolean allowExpired;
    private boolean mutual;
    private TlsVersion lowest;
    private TlsVersion highest;
    private List<String> ciphers = List.of();
    private Allowed subjects;
    private Allowed sans;
    private Allowed fingerprints;
    private Allowed pins;
    private final List<Material> crl = new ArrayList<>();

    static Settings with(String... pems) {
        Settings settings = new Settings();
        for (String pem : pems) {
            settings.certificates.add(Material.inline(pem));
        }
        return settings;
    }

    static Settings passthrough() {
        Settings settings = new Settings();
        settings.passthrough = true;
        return settings;
    }

    Settings alpn(String... protocols) {
        alpn = List.of(protocols);
        return this;
    }

    Settings allowExpired() {
        allowExpired = true;
        return this;
    }

    Settings versions(TlsVersion from, TlsVersion to) {
        lowest = from;
        highest = to;
        return this;
    }

    Settings ciphers(String... names) {
        ciphers = List.of(names);
        return this;
    }

    Settings mutual(String... entries) {
        mutual = true;
        return clients(entries);
    }

    Settings clients(String... entries) {
        for (String entry : entries) {
            clients.add(Material.inline(entry));
        }
        return this;
    }

    Settings subjects(String... allowed) {
        subjects = new Allowed(List.of(allowed));
        return this;
    }

    Settings sans(String... allowed) {
        sans = new Allowed(List.of(allowed));
        return this;
    }

    Settings fingerprints(String... allowed) {
        fingerprints = new Allowed(List.of(allowed));
        return this;
    }

    Settings pins(String... allowed) {
        pins = new Allowed(List.of(allowed));
        return this;
    }

    Settings crl(byte[] list) {
        crl.add(Material.of("list.crl", list));
        return this;
    }

    ClientConfig config() {
        return new ClientConfig(List.of(), certificates, List.of(), passthrough, alpn, allowExpired, lowest, highest, ciphers,
                mutual, clients, new Authorization(subjects, sans, fingerprints, pins, crl));
    }
}
