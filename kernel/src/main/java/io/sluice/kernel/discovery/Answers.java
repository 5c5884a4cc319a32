package io.sluice.kernel.discovery;

import io.sluice.kernel.config.TargetUrl;
import io.sluice.spi.connection.TargetAddress;
import io.sluice.spi.discovery.FoundTarget;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an answer is worth.
 *
 * @param usable  the targets, each address once
 * @param leftOut sentences about the rest
 */
record Answers(List<DiscoveredTarget> usable, List<String> leftOut) {

    static final int MOST_TARGETS = 10_000;

    private static final int MOST_WEIGHT = 1_000_000;
    private static final int MOST_SENTENCES = 3;

    /** Checks an answer by the rules of {@code target_list}. */
    static Answers of(List<FoundTarget> found) {
        Map<String, DiscoveredTarget> usable = new LinkedHashMap<>();
        List<String> leftOut = new ArrayList<>();
        int bad = 0;
        int tooMany = 0;
        for (FoundTarget target : found) {
            TargetUrl url = TargetUrl.parse(target.address());
            String wrong = url instanceof TargetUrl.Bad text ? text.message() : outOfRange(target);
            if (wrong != null) {
                bad++;
                if (leftOut.size() < MOST_SENTENCES) {
                    leftOut.add(wrong);
                }
                continue;
            }
            TargetUrl.Good good = (TargetUrl.Good) url;
            String key = good.scheme() + "://" + good.host() + " " + good.port();
            if (usable.size() == MOST_TARGETS && !usable.containsKey(key)) {
                tooMany++;
                continue;
            }
            usable.merge(key, new DiscoveredTarget(good.scheme(), new TargetAddress(good.host(), good.port()),
                    target.weight(), target.priority()), Answers::repeated);
        }
        if (bad > MOST_SENTENCES) {
            leftOut.add("and " + (bad - MOST_SENTENCES) + " more");
        }
        if (tooMany > 0) {
            leftOut.add(tooMany + " targets too many (expected: at most " + MOST_TARGETS + ")");
        }
        return new Answers(List.copyOf(usable.values()), List.copyOf(leftOut));
    }

    private static String outOfRange(FoundTarget target) {
        if (target.weight() < 0 || target.weight() > MOST_WEIGHT) {
            return target.address() + ": weight " + target.weight() + " (expected: 0 to " + MOST_WEIGHT + ")";
        }
        return target.priority() < 0 || target.priority() > MOST_WEIGHT
                ? target.address() + ": priority " + target.priority() + " (expected: 0 to " + MOST_WEIGHT + ")" : null;
    }

    private static DiscoveredTarget repeated(DiscoveredTarget first, DiscoveredTarget again) {
        int weight = (int) Math.min(Integer.MAX_VALUE, (long) first.weight() + again.weight());
        return new DiscoveredTarget(first.scheme(), first.address(), weight, Math.min(first.priority(), again.priority()));
    }
}
