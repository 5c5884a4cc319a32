package io.sluice.plugins.sendexpect;

import java.nio.ByteBuffer;

/** Looks for something in bytes that become more from one look to the next. Belongs to one run of one step. */
interface Search {

    /** It has not come yet. */
    int NOT_YET = -1;

    /** It cannot come any more. */
    int NEVER = -2;

    /**
     * Looks for it.
     *
     * @param unread all bytes since the step began: those of the look before, and perhaps more; not changed
     * @return how many bytes there are through its end, {@link #NOT_YET}, or {@link #NEVER}
     */
    int end(ByteBuffer unread);

    /**
     * The index of the first byte that is not as expected; -1 if there is none, or if that means nothing for this kind of
     * search. Asked after {@link #end} has not found it.
     */
    int differed();
}
