package io.sluice.kernel.plugin;

/** Why a file is no plugin: one sentence for the operator. */
final class Rejected extends Exception {

    Rejected(String reason) {
        super(reason);
    }
}
