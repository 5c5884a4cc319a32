package io.sluice.spi.json;

import java.util.List;

/**
 * A text that is not JSON, not within bounds, or not what was asked for.
 *
 * @since 1.0
 */
public final class JsonException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient List<JsonMistake> mistakes;

    /**
     * @param mistakes at least one, in the order of the text; the first one's message is the exception's
     */
    public JsonException(List<JsonMistake> mistakes) {
        super(mistakes.get(0).message());
        this.mistakes = List.copyOf(mistakes);
    }

    /** All that is wrong; at least one. */
    public List<JsonMistake> mistakes() {
        return mistakes;
    }
}
