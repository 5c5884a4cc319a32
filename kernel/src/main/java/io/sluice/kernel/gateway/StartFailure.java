package io.sluice.kernel.gateway;

/** Why the gateway could not start: a sentence and a next step for the operator. */
public final class StartFailure extends Exception {

    private final String hint;

    StartFailure(String message, String hint) {
        super(message);
        this.hint = hint;
    }

    public String hint() {
        return hint;
    }
}
