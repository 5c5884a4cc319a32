package io.sluice.kernel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableTest {

    @Test
    void columnsAreAsWideAsTheirTexts() {
        Table table = new Table("NAME", ">COUNT", "NOTE").row("a", "1", "").row("longer", "12345678", "x");

        assertThat(table.lines(Integer.MAX_VALUE)).containsExactly(
                "NAME       COUNT  NOTE",
                "a              1  -",
                "longer  12345678  x");
    }

    @Test
    void theWidestTextsAreCutUntilTheTableFitsButNumbersNever() {
        Table table = new Table("NAME", ">COUNT", "NOTE").row("a".repeat(40), "1234567890", "b".repeat(30));

        assertThat(table.lines(50)).containsExactly(
                "NAME                     COUNT  NOTE",
                "a".repeat(17) + "…  1234567890  " + "b".repeat(17) + "…");
        assertThat(table.lines(26)).last().isEqualTo("aaaaa…  1234567890  bbbbb…");
        assertThat(table.lines(10)).containsExactly("NA…       COUNT  NO…", "aa…  1234567890  bb…");
    }

    @Test
    void widthIsAskedForByTheEnvironmentOrThatOfTheTerminal() {
        assertThat(Screen.width(null, 0)).isEqualTo(Integer.MAX_VALUE);
        assertThat(Screen.width(null, 100)).isEqualTo(100);
        assertThat(Screen.width("80", 0)).isEqualTo(80);
        assertThat(Screen.width("80", 100)).isEqualTo(80);
        assertThat(Screen.width("5", 100)).as("narrower makes no sense").isEqualTo(40);
        for (String nonsense : new String[] {"", "0", "-1", "wide", "999999999999"}) {
            assertThat(Screen.width(nonsense, 100)).as(nonsense).isEqualTo(100);
        }
    }

    @Test
    void namesCannotMoveTheCursorOrTurnTheLine() {
        assertThat(new Table("NAME").row("a\u001b[2J\r\n\u202eb\u2028").lines(80)).last().isEqualTo("a?[2J???b?");
    }

    @Test
    void wholeCharactersAreCut() {
        assertThat(new Table("NAME").row("\ud83d\ude00".repeat(20)).lines(9)).last().isEqualTo("\ud83d\ude00".repeat(8) + "…");
    }

    @ParameterizedTest
    @CsvSource({"0, 0 B", "1023, 1023 B", "1024, 1.0 KiB", "1536, 1.5 KiB", "1073741824, 1.0 GiB", "9223372036854775807, 8.0 EiB"})
    void sizes(long bytes, String text) {
        assertThat(Amounts.bytes(bytes)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"PT-1S, 0s", "PT59S, 59s", "PT3M12S, 3m12s", "PT2H5M, 2h5m", "P3DT4H, 3d4h"})
    void spans(Duration span, String text) {
        assertThat(Amounts.span(span)).isEqualTo(text);
    }
}
