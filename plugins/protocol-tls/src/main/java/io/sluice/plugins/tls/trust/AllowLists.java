package io.sluice.plugins.tls.trust;

import io.sluice.plugins.tls.material.Digest;
import io.sluice.plugins.tls.material.Names;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The lists of {@code client_authorization}. Each that is given must allow the leaf; within a list one match is enough,
 * so one without entries allows nobody. Immutable; thread-safe.
 *
 * @param subjects     empty when not given
 * @param sans         empty when not given
 * @param fingerprints of the leaf; empty when not given
 * @param pins         of the leaf's key; empty when not given
 */
public record AllowLists(Optional<List<SubjectPattern>> subjects, Optional<List<SanPattern>> sans,
        Optional<Set<Digest>> fingerprints, Optional<Set<Digest>> pins) {

    void check(X509Certificate leaf) throws NotAdmitted {
        require("subjects", subjects.isEmpty() || subjects.get().stream().anyMatch(subject -> subject.matches(leaf)), leaf);
        require("sans", sans.isEmpty() || sans.get().stream().anyMatch(san -> san.matches(leaf)), leaf);
        require("fingerprints", fingerprints.isEmpty() || fingerprints.get().contains(Digest.fingerprint(leaf)), leaf);
        require("spki_pins", pins.isEmpty() || pins.get().contains(Digest.pin(leaf)), leaf);
    }

    private static void require(String list, boolean allowed, X509Certificate leaf) throws NotAdmitted {
        if (!allowed) {
            throw NotAdmitted.other(Names.of(leaf) + " is not in client_authorization." + list);
        }
    }
}
