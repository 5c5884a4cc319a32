package io.sluice.plugins.sendexpect;

import io.sluice.spi.health.PreparedCommand;
import io.sluice.spi.health.Step;
import java.util.function.Supplier;

/**
 * An {@code expect} that is ready to run.
 *
 * @param search  makes the search of one run
 * @param wanted  what is searched for, for people
 * @param refused whether the step passes when it does not come
 */
record PreparedExpect(Supplier<Search> search, String wanted, boolean refused) implements PreparedCommand {

    @Override
    public Step begin() {
        return new ExpectStep(search.get(), wanted, refused);
    }

    @Override
    public String expectation() {
        return refused ? "not " + wanted : wanted;
    }
}
