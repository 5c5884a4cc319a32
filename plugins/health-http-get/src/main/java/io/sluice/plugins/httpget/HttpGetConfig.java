package io.sluice.plugins.httpget;

import io.sluice.spi.config.Default;
import io.sluice.spi.config.Description;
import io.sluice.spi.config.Range;
import io.sluice.spi.config.Shorthand;

/**
 * What to ask for, and what must come.
 *
 * @param path     of the page, a query included
 * @param host     for the {@code Host} header
 * @param status   which answers pass
 * @param contains text that the body must hold within its first 64 KiB; {@code null} for any body
 */
@Description("Asks a web server for a page")
public record HttpGetConfig(
        @Default("/") @Description("Path of the page, a query included") String path,
        @Default("localhost") @Description("Name for the Host header") String host,
        @Description("Status that passes, or a range of them; without it 200 to 399") Statuses status,
        @Description("Text that the body must contain") String contains) {

    /**
     * The statuses that pass.
     *
     * @param from the lowest
     * @param to   the highest; {@code null} for {@code from} alone
     */
    public record Statuses(
            @Shorthand @Range(min = 100, max = 599) @Description("Lowest status that passes") Integer from,
            @Range(min = 100, max = 599) @Description("Highest status that passes") Integer to) {

        /** Fills in what was not said. */
        public Statuses {
            to = to != null ? to : from != null ? from : Integer.valueOf(399);
            from = from != null ? from : Integer.valueOf(200);
            if (from > to) {
                throw new IllegalArgumentException(from + " to " + to + " (expected: the lower one first)");
            }
        }

        boolean include(int status) {
            return status >= from && status <= to;
        }

        @Override
        public String toString() {
            return from.equals(to) ? from.toString() : from + " to " + to;
        }
    }
}
