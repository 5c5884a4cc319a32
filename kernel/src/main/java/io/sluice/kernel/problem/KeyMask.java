package io.sluice.kernel.problem;

import java.util.regex.Pattern;

/** Hides private keys that stand in a definition where a problem shows a piece of it. */
final class KeyMask {

    private static final Pattern KEY = Pattern.compile("PRIVATE KEY", Pattern.CASE_INSENSITIVE);
    private static final Pattern CODED = Pattern.compile("[A-Za-z0-9+/=]{16,}");
    /** A line of a key that was pasted with its line ends. */
    private static final Pattern CODED_LINE = Pattern.compile("\\s*[A-Za-z0-9+/=]{40,}\\s*");

    private KeyMask() {
    }

    /** A sentence, with stars for what is coded in it. */
    static String sentence(String text) {
        return KEY.matcher(text).find() ? CODED.matcher(text).replaceAll("***") : text;
    }

    /** A whole line of a file, as long as before, so that columns stay where they are. */
    static String line(String text) {
        return KEY.matcher(text).find() || CODED_LINE.matcher(text).matches()
                ? CODED.matcher(text).replaceAll(coded -> "*".repeat(coded.group().length())) : text;
    }
}
