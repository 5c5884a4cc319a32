package com.example.linegate;

import io.sluice.spi.config.Description;
import io.sluice.spi.config.Required;

/**
 * What a definition says about the gate.
 *
 * @param word the word that opens it
 */
@Description("Asks for a word before anything else")
public record LineGateConfig(@Required @Description("The word that opens the gate") String word) {

    /** A word of printing ASCII that leaves room for the rest of the line. */
    public LineGateConfig {
        if (word == null || !word.matches("[!-~]{1,200}")) {
            throw new IllegalArgumentException("word: \"…\" (expected: 1 to 200 printing ASCII characters, no blanks)");
        }
    }
}
