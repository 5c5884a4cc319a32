package io.sluice.plugins.accesslog;

/** How an entry becomes a line. Used by one thread at a time. */
interface LineFormat {

    /** Appends one line without its line feed. */
    void append(Entry entry, StringBuilder line);
}
