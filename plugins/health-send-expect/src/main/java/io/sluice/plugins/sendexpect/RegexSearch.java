package io.sluice.plugins.sendexpect;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Looks for a regular expression, in time linear in the number of bytes.
 *
 * <p>A byte is a character of the same number (as in ISO 8859-1), so that a pattern works on binary protocols too, and an
 * index of a character is one of a byte. RE2/J's own UTF-8 mode is not used: it takes a byte that begins no character for
 * one that does, and swallows what follows.
 */
final class RegexSearch implements Search {

    private final Pattern pattern;

    RegexSearch(Pattern pattern) {
        this.pattern = pattern;
    }

    @Override
    public int end(ByteBuffer unread) {
        byte[] bytes = new byte[unread.remaining()];
        unread.duplicate().get(bytes);
        Matcher matcher = pattern.matcher(new String(bytes, StandardCharsets.ISO_8859_1));
        return matcher.find() ? matcher.end() : NOT_YET;
    }

    @Override
    public int differed() {
        return -1;
    }
}
