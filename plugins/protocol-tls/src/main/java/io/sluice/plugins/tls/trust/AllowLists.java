package io.sluice.plugins.tls.trust;

import io.sluice.plugins.tls.material.Digest;
import io.sluice.plugins.tls.material.Names;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;

/**
 * The lists of {@code client_authorization}. Each that is given must allow the leaf; within a list one match is enough.
 * Immutable; thread-safe.
 *
 * @param subjects     empty when not given
 * @param sans         empty when not given
 * @param fingerprints of the leaf; empty when not given
 * @param pins         of the leaf's key; empty when not given
 */
public record AllowLists(List<SubjectPattern> subjects, List<SanPattern> sans, Set<Digest> fingerprints, Set<Digest> pins) {

    void check(X509Certificate leaf) throws NotAdmitted {
        require("subjects", subjects.isEmpty() || subjects.stream().anyMatch(subject -> subject.matches(leaf)), leaf);
        require("sans", sans.isEmpty() || sans.stream().anyMatch(san -> san.matches(leaf)), leaf);
        require("fingerprints", fingerprints.isEmpty() || fingerprints.contains(Digest.fingerprint(leaf)), leaf);
        require("spki_pins", pins.isEmpty() || pins.contains(Digest.pin(leaf)), leaf);
    }

    private static void require(String list, boolean allowed, X509Certificate leaf) throws NotAdmitted {
        if (!allowed) {
            throw NotAdmitted.other(Names.of(leaf) + " is not in client_authorization." + list);
        }
    }
}
