package io.sluice.plugins.tls.upstream;

import io.sluice.plugins.tls.material.Validity;
import io.sluice.spi.config.Findings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What operators hear about the end of a certificate that the gateway shows: 30 and 7 days before, and when it has come.
 * A warning only: whether an expired client certificate is taken is for the target to say.
 */
record Expiry(Validity validity, Instant now) {

    private static final List<Duration> AHEAD = List.of(Duration.ofDays(30), Duration.ofDays(7));

    void warn(String field, Findings findings) {
        Instant end = validity.notAfter();
        AHEAD.forEach(time -> findings.holdsUntil(end.minus(time).plusSeconds(1)));
        findings.holdsUntil(end.plusSeconds(1));
        findings.holdsUntil(validity.notBefore());
        Optional<String> problem = validity.problem(now);
        if (problem.isPresent()) {
            findings.warning(field, problem.get() + " (expected: a certificate that is valid now)", "targets may refuse it");
        } else if (validity.endsWithin(AHEAD.get(0), now)) {
            findings.warning(field, "expires at " + end + ", in " + Duration.between(now, end).toDays() + " days (expected: more than "
                    + AHEAD.get(0).toDays() + ")", "renew it; the file's replacement takes effect at once");
        }
    }
}
