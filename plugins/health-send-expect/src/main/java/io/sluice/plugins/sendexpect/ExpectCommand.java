package io.sluice.plugins.sendexpect;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.sluice.plugins.sendexpect.ExpectConfig.Match;
import io.sluice.spi.config.Findings;
import io.sluice.spi.health.HealthCommand;
import io.sluice.spi.health.PreparedCommand;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * {@code { "name": "expect", "message": "+PONG" }}: waits until the message has come, and uses up the bytes through its
 * end.
 */
public final class ExpectCommand implements HealthCommand<ExpectConfig> {

    /** As many unread bytes as the gateway keeps for a step. */
    static final int MOST_UNREAD = 64 * 1024;

    /** Bounds what one look at 64 KiB can cost. */
    private static final int LARGEST_PROGRAM = 10_000;

    @Override
    public String name() {
        return "expect";
    }

    @Override
    public Class<ExpectConfig> configType() {
        return ExpectConfig.class;
    }

    @Override
    public PreparedCommand prepare(ExpectConfig config, Findings findings) {
        Optional<byte[]> payload = Payload.read(config.message(), config.hex(), findings);
        if (payload.isEmpty()) {
            return null;
        }
        Optional<Supplier<Search>> search = config.match() == Match.REGEX
                ? pattern(config, findings).map(pattern -> () -> new RegexSearch(pattern))
                : bytes(config, payload.get(), findings);
        return search.map(found -> new PreparedExpect(found, wanted(config, payload.get()), config.not())).orElse(null);
    }

    private static Optional<Supplier<Search>> bytes(ExpectConfig config, byte[] expected, Findings findings) {
        if (expected.length > MOST_UNREAD) {
            findings.error(config.message() != null ? "message" : "hex",
                    expected.length + " bytes (expected: at most " + MOST_UNREAD + ")",
                    "no more unread bytes are kept, so this could never match; expect a part of it");
            return Optional.empty();
        }
        return Optional.of(switch (config.match()) {
            case PREFIX -> () -> new PrefixSearch(expected);
            case EXACT -> () -> new ExactSearch(expected);
            default -> {
                int[] fallback = ContainsSearch.fallback(expected);
                yield () -> new ContainsSearch(expected, fallback);
            }
        });
    }

    private static Optional<Pattern> pattern(ExpectConfig config, Findings findings) {
        String text = config.message();
        if (text == null) {
            findings.error("match", "regex with hex (expected: regex with message)",
                    "write the bytes in the pattern as \\x2b, or choose another match");
            return Optional.empty();
        }
        for (int i = 0; i < text.length(); i = text.offsetByCodePoints(i, 1)) {
            if (text.charAt(i) > '~') {
                findings.error("message", "the pattern has " + Quoted.of(character(text, i))
                        + " (expected: ASCII, as a pattern is compared with bytes)",
                        "write its UTF-8 bytes: " + escapedBytes(character(text, i)));
                return Optional.empty();
            }
        }
        try {
            Pattern pattern = Pattern.compile(text);
            if (pattern.programSize() > LARGEST_PROGRAM) {
                findings.error("message", "a pattern of " + pattern.programSize() + " steps (expected: at most "
                        + LARGEST_PROGRAM + ")", "use smaller repetition counts");
                return Optional.empty();
            }
            if (pattern.matcher("").find()) {
                findings.warning("message", Quoted.of(text) + " also matches no bytes at all (expected: at least one)",
                        "this step says nothing about the target; use + instead of *");
            }
            return Optional.of(pattern);
        } catch (PatternSyntaxException e) {
            findings.error("message", Quoted.of(text) + ": " + e.getDescription()
                    + " (expected: a regular expression of RE2)",
                    "look-around and back-references are not part of RE2; inline flags such as (?i) are");
            return Optional.empty();
        }
    }

    private static String character(String text, int at) {
        return text.substring(at, text.offsetByCodePoints(at, 1));
    }

    private static String escapedBytes(String character) {
        return HexFormat.of().withPrefix("\\x").formatHex(character.getBytes(StandardCharsets.UTF_8));
    }

    private static String wanted(ExpectConfig config, byte[] expected) {
        if (config.match() == Match.REGEX) {
            return "/" + config.message() + "/";
        }
        return config.message() != null ? config.message() : "hex " + HexFormat.ofDelimiter(" ").formatHex(expected);
    }
}
