package io.sluice.kernel.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** The known name that a misspelt one was probably meant to be. */
final class NearestName {

    private NearestName() {
    }

    static Optional<String> of(String name, Collection<String> known) {
        return known.stream().filter(candidate -> distance(name, candidate) <= most(candidate))
                .min(Comparator.<String>comparingInt(candidate -> distance(name, candidate)).thenComparing(c -> c));
    }

    /** How many letters may be wrong: two swapped ones count as two. */
    private static int most(String candidate) {
        return candidate.length() <= 3 ? 1 : Math.max(2, Math.min(3, candidate.length() / 3));
    }

    /** Levenshtein's distance. */
    private static int distance(String one, String other) {
        if (one.length() > 64 || other.length() > 64 || Math.abs(one.length() - other.length()) > most(other)) {
            return Integer.MAX_VALUE;
        }
        int[] row = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int above = row[j];
                int same = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(same, Math.min(above, row[j - 1]) + 1);
                diagonal = above;
            }
        }
        return row[other.length()];
    }
}
