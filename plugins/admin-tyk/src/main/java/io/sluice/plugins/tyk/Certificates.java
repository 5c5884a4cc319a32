package io.sluice.plugins.tyk;

import io.sluice.spi.admin.AdminRequest;
import io.sluice.spi.admin.AdminResponse;
import io.sluice.spi.control.CertificateControl;
import io.sluice.spi.control.CertificateStatus;
import io.sluice.spi.control.ControlRefused;
import io.sluice.spi.control.ServiceControl.Mode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code /tyk/certs}: ids are an organisation's id, which may be empty, and the SHA-256 of the certificate in hex. */
final class Certificates {

    private static final Map<String, Object> TEXT = Map.of("type", "string");
    private static final Map<String, Object> NAMES = Described.list(TEXT);
    private static final Map<String, Object> YES_OR_NO = Map.of("type", "boolean");

    /** What {@link #list} answers. */
    static final Map<String, Object> LISTED = Described.object(Map.of("certs", Described.list(Described.anyOf(TEXT, Described.object(
            Map.of("id", TEXT, "issuer_cn", TEXT, "subject_cn", TEXT, "dns_names", NAMES, "has_private", YES_OR_NO,
                    "not_before", TEXT, "not_after", TEXT), "id", "subject_cn", "has_private", "not_after")))), "certs");

    private static final Map<String, Object> ONE = Described.object(Map.of("id", TEXT, "fingerprint", TEXT, "has_private", YES_OR_NO,
            "issuer", Map.of("type", "object"), "subject", Map.of("type", "object"), "not_before", TEXT, "not_after", TEXT,
            "dns_names", NAMES), "id", "fingerprint", "has_private", "issuer", "subject", "not_before", "not_after");

    /** What {@link #find} answers. */
    static final Map<String, Object> SHOWN =
            Described.anyOf(ONE, Described.list(Described.anyOf(ONE, Map.of("type", "null"))));

    private static final int SHA256_IN_HEX = 64;
    private static final int MOST_AT_ONCE = 100;
    private static final String NOT_FOUND = "Certificate with given SHA256 fingerprint not found";

    private final CertificateControl certificates;
    private final Replies replies;

    Certificates(CertificateControl certificates, Replies replies) {
        this.certificates = certificates;
        this.replies = replies;
    }

    AdminResponse list(AdminRequest request) {
        String org = org(request);
        boolean detailed = request.parameter("mode").filter("detailed"::equals).isPresent();
        return replies.ok(Map.of("certs", certificates.all().stream()
                .map(certificate -> detailed ? basics(certificate, org + certificate.id()) : org + certificate.id()).toList()));
    }

    /** Tyk answers whatever is wrong with a certificate with 403. */
    AdminResponse add(AdminRequest request) throws ControlRefused {
        Mode mode = Replies.mode(request);
        CertificateStatus added;
        try {
            CertificateStatus sent = certificates.put(Optional.empty(), request.text(), Mode.DRY_RUN);
            if (certificates.find(sent.id()).isPresent()) {
                return replies.error(403, "Certificate with " + org(request) + sent.id() + " id already exists");
            }
            added = certificates.put(Optional.empty(), request.text(), mode);
        } catch (ControlRefused refused) {
            if (refused.reason() == ControlRefused.Reason.INVALID) {
                return replies.error(403, refused.getMessage());
            }
            throw refused;
        }
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("id", org(request) + added.id());
        body.put("status", "ok");
        body.put("message", "Certificate added");
        return replies.ok(body);
    }

    AdminResponse find(AdminRequest request) {
        String[] ids = request.variable("id").split(",", MOST_AT_ONCE);
        List<Object> found = new ArrayList<>();
        for (String id : ids) {
            found.add(certificates.find(stored(id)).map(certificate -> meta(certificate, id)).orElse(null));
        }
        if (ids.length > 1) {
            return replies.ok(found);
        }
        return found.get(0) == null ? replies.error(404, NOT_FOUND) : replies.ok(found.get(0));
    }

    AdminResponse remove(AdminRequest request) throws ControlRefused {
        try {
            certificates.delete(stored(request.variable("id")), Replies.mode(request));
        } catch (ControlRefused refused) {
            if (refused.reason() != ControlRefused.Reason.UNKNOWN) {
                throw refused;
            }
            // Tyk says the same of one that was never there
        }
        return replies.ok(Map.of("status", "ok", "message", "removed"));
    }

    private static String org(AdminRequest request) {
        return request.parameter("org_id").filter(org -> org.matches("[A-Za-z0-9]{0,64}")).orElse("");
    }

    /** Without the organisation that may stand in front. */
    private static String stored(String id) {
        return id.length() > SHA256_IN_HEX ? id.substring(id.length() - SHA256_IN_HEX) : id;
    }

    private static Map<String, Object> basics(CertificateStatus certificate, String id) {
        Map<String, Object> basics = new LinkedHashMap<>();
        basics.put("id", id);
        basics.put("issuer_cn", DistinguishedName.commonName(certificate.issuer()));
        basics.put("subject_cn", DistinguishedName.commonName(certificate.subject()));
        basics.put("dns_names", certificate.dnsNames());
        basics.put("has_private", certificate.hasPrivate());
        basics.put("not_before", certificate.notBefore().toString());
        basics.put("not_after", certificate.notAfter().toString());
        return basics;
    }

    private static Map<String, Object> meta(CertificateStatus certificate, String id) {
        Map<String, Object> meta = new LinkedHashMap<>();
        meta.put("id", id);
        meta.put("fingerprint", certificate.id());
        meta.put("has_private", certificate.hasPrivate());
        meta.put("issuer", DistinguishedName.fields(certificate.issuer()));
        meta.put("subject", DistinguishedName.fields(certificate.subject()));
        meta.put("not_before", certificate.notBefore().toString());
        meta.put("not_after", certificate.notAfter().toString());
        if (!certificate.dnsNames().isEmpty()) {
            meta.put("dns_names", certificate.dnsNames());
        }
        return meta;
    }
}
