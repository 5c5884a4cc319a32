package io.sluice.plugins.sendexpect;

import io.sluice.spi.health.Step;
import io.sluice.spi.health.StepResult;
import java.nio.ByteBuffer;

/** One run of an {@code expect}. */
final class ExpectStep implements Step {

    private final Search search;
    private final String wanted;
    private final boolean refused;

    ExpectStep(Search search, String wanted, boolean refused) {
        this.search = search;
        this.wanted = wanted;
        this.refused = refused;
    }

    @Override
    public StepResult examine(ByteBuffer unread, Cause cause) {
        int end = search.end(unread);
        return refused ? refusing(end, unread.remaining(), cause) : wanting(end, unread.remaining(), cause);
    }

    private StepResult wanting(int end, int received, Cause cause) {
        if (end >= 0) {
            return StepResult.passed(end);
        }
        if (end == Search.NEVER) {
            return new StepResult.Failed("the target answered something else than " + Quoted.of(wanted),
                    search.differed());
        }
        if (cause == Cause.BYTES) {
            return StepResult.NEED_MORE;
        }
        return new StepResult.Failed(Quoted.of(wanted) + " did not come before " + over(received, cause) + "; "
                + (received == 0 ? "nothing came" : received + " bytes came"), search.differed());
    }

    private StepResult refusing(int end, int received, Cause cause) {
        if (end >= 0) {
            return StepResult.failed(Quoted.of(wanted) + " came, which must not come");
        }
        if (cause == Cause.ENDED && received >= ExpectCommand.MOST_UNREAD) {
            return StepResult.failed("64 KiB were unread before the time was over; what follows, nobody knows");
        }
        return cause == Cause.BYTES ? StepResult.NEED_MORE : StepResult.PASSED;
    }

    private static String over(int received, Cause cause) {
        if (cause == Cause.TIMEOUT) {
            return "the time was over";
        }
        return received >= ExpectCommand.MOST_UNREAD ? "64 KiB were unread" : "the stream ended";
    }
}
