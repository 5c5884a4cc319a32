package io.sluice.kernel.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** The known name that a misspelt one was probably meant to be. */
public final class NearestName {

    private NearestName() {
    }

    /** The nearest of the known names, if any is near; case and dashes do not count. */
    public static Optional<String> of(String name, Collection<String> known) {
        String plain = plain(name);
        return known.stream().filter(candidate -> distance(plain, plain(candidate)) <= most(candidate))
                .min(Comparator.<String>comparingInt(candidate -> distance(plain, plain(candidate))).thenComparing(c -> c));
    }

    /**
     * What to do about a name that is not known.
     *
     * @param name      the name; {@code null} if what stands there is none
     * @param otherwise what to do if no known name is near
     */
    public static String hint(String name, Collection<String> known, String otherwise) {
        return name == null ? otherwise : of(name, known).map(near -> "did you mean \"" + near + "\"?").orElse(otherwise);
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replace('-', '_');
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
