package io.sluice.kernel.control;

import io.sluice.kernel.store.CertificateText;
import io.sluice.spi.control.CertificateStatus;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** A certificate as operators see it, in the making: it may stand in several places. */
final class CertificateViews {

    private static final int DNS_NAME = 2;

    private final CertificateText text;
    private final Set<String> usedBy = new TreeSet<>();
    private boolean hasKey;

    CertificateViews(CertificateText text) {
        this.text = text;
        this.hasKey = text.hasKey();
    }

    void add(CertificateText other) {
        hasKey |= other.hasKey();
    }

    void usedBy(String service) {
        usedBy.add(service);
    }

    CertificateStatus status() {
        X509Certificate leaf = text.leaf();
        String id = text.id();
        return new CertificateStatus(id, id.toUpperCase(Locale.ROOT).replaceAll("(..)(?=.)", "$1:"),
                leaf.getSubjectX500Principal().getName(), leaf.getIssuerX500Principal().getName(), names(leaf),
                leaf.getNotBefore().toInstant(), leaf.getNotAfter().toInstant(), hasKey, List.copyOf(usedBy));
    }

    private static List<String> names(X509Certificate leaf) {
        List<String> names = new ArrayList<>();
        try {
            Collection<List<?>> all = leaf.getSubjectAlternativeNames();
            for (List<?> name : all == null ? List.<List<?>>of() : all) {
                if (name.get(0).equals(DNS_NAME)) {
                    names.add((String) name.get(1));
                }
            }
        } catch (CertificateParsingException e) {
            // then it has none that anybody could rely on
        }
        return names;
    }
}
