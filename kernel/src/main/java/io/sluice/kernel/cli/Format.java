package io.sluice.kernel.cli;

/** For whom a command prints. */
enum Format {
    /** For people. */
    TEXT,
    /** For programs: what the gateway answered, unchanged. */
    JSON
}
