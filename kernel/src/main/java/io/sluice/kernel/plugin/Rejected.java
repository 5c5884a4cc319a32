package io.sluice.kernel.plugin;

/** Why a file is no plugin: one sentence for the operator. */
final class Rejected extends Exception {

    Rejected(String reason) {
        super(reason);
    }

    /** The same with what an extension threw, which goes to the log at debug level. */
    Rejected(String reason, Throwable cause) {
        super(reason, cause);
    }
}
