package io.sluice.plugins.accessrules;

/** A text is no address and no network. Its message is the rule that it breaks. */
final class BadAddress extends Exception {

    private static final long serialVersionUID = 1L;

    BadAddress(String rule) {
        super(rule, null, false, false);
    }
}
