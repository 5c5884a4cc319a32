package io.sluice.testing.certs;

import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;

/** What a test certificate shall say. Begins as a P-256 leaf for servers and clients, valid for a day. */
public final class CertificateRequest {

    final List<GeneralName> names = new ArrayList<>();
    final List<KeyPurposeId> purposes = new ArrayList<>(List.of(KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth));
    final String subject;
    KeyPair keys = Keys.ec();
    Instant notBefore = Instant.now().minus(Duration.ofHours(1));
    Instant notAfter = Instant.now().plus(Duration.ofDays(1));
    boolean ca;
    int usage = KeyUsage.digitalSignature | KeyUsage.keyEncipherment;
    int pathLength = -1;
    String subtree;

    private CertificateRequest(String subject) {
        this.subject = subject;
    }

    /** A certificate with a subject such as {@code CN=a.example}. */
    public static CertificateRequest of(String subject) {
        return new CertificateRequest(subject);
    }

    /** A certificate with one DNS name, which is its common name too. */
    public static CertificateRequest forName(String dnsName) {
        return of("CN=" + dnsName).dns(dnsName);
    }

    /** Adds DNS names. */
    public CertificateRequest dns(String... dnsNames) {
        return names(GeneralName.dNSName, dnsNames);
    }

    /** Adds IP addresses. */
    public CertificateRequest ip(String... addresses) {
        return names(GeneralName.iPAddress, addresses);
    }

    /** Adds URIs. */
    public CertificateRequest uri(String... uris) {
        return names(GeneralName.uniformResourceIdentifier, uris);
    }

    /** Adds e-mail addresses. */
    public CertificateRequest email(String... addresses) {
        return names(GeneralName.rfc822Name, addresses);
    }

    private CertificateRequest names(int tag, String... values) {
        for (String value : values) {
            names.add(new GeneralName(tag, value));
        }
        return this;
    }

    /** With this key pair. */
    public CertificateRequest keys(KeyPair pair) {
        keys = pair;
        return this;
    }

    /** Valid from and to. */
    public CertificateRequest valid(Instant from, Instant to) {
        notBefore = from;
        notAfter = to;
        return this;
    }

    /** Ended an hour ago. */
    public CertificateRequest expired() {
        return valid(Instant.now().minus(Duration.ofDays(2)), Instant.now().minus(Duration.ofHours(1)));
    }

    /** Begins tomorrow. */
    public CertificateRequest notYetValid() {
        return valid(Instant.now().plus(Duration.ofDays(1)), Instant.now().plus(Duration.ofDays(2)));
    }

    /** For servers only. */
    public CertificateRequest forServersOnly() {
        purposes.remove(KeyPurposeId.id_kp_clientAuth);
        return this;
    }

    /** For clients only. */
    public CertificateRequest forClientsOnly() {
        purposes.remove(KeyPurposeId.id_kp_serverAuth);
        return this;
    }

    /** For an authority: it signs certificates and lists. */
    public CertificateRequest asAuthority() {
        ca = true;
        usage = KeyUsage.keyCertSign | KeyUsage.cRLSign;
        purposes.clear();
        return this;
    }

    /** At most so many authorities below this one. */
    public CertificateRequest pathLength(int most) {
        pathLength = most;
        return this;
    }

    /** An authority for DNS names below this one alone. */
    public CertificateRequest onlyBelow(String dnsName) {
        subtree = dnsName;
        return this;
    }

    /** Says nothing of what its key is for. */
    public CertificateRequest forAnyUse() {
        usage = 0;
        return this;
    }

    /** Its key signs what is sent, but no certificates. */
    public CertificateRequest forSignatures() {
        usage = KeyUsage.digitalSignature;
        return this;
    }

    /** For servers only, even an authority. */
    public CertificateRequest forServers() {
        purposes.clear();
        purposes.add(KeyPurposeId.id_kp_serverAuth);
        return this;
    }
}
