package io.sluice.kernel.cli;

import io.sluice.kernel.remote.AdminFailure;

/** What a command's exit code means. */
final class ExitCode {

    static final int OK = 0;
    static final int FAILED = 1;
    static final int USAGE = 2;
    static final int INVALID_CONFIGURATION = 3;
    static final int NOT_REACHABLE = 4;
    static final int REFUSED = 5;

    private ExitCode() {
    }

    static int of(AdminFailure failure) {
        return switch (failure.kind()) {
            case NOT_REACHABLE -> NOT_REACHABLE;
            case REFUSED -> REFUSED;
            case WRONG_QUESTION -> USAGE;
            case FAILED -> FAILED;
            case INVALID_SETTINGS -> INVALID_CONFIGURATION;
        };
    }
}
