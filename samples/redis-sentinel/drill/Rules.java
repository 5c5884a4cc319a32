/**
 * What a definition promises.
 *
 * @param file   where it stands
 * @param fall   after how many failures in a row a target is down
 * @param single whether two masters count as none
 */
record Rules(String file, long fall, boolean single) {

    private static final long INTERVAL = 1000;
    private static final long TIMEOUT = 1000;
    private static final long RISE = 1;

    /** A promoted master takes writes within so many milliseconds. */
    long up() {
        return RISE * INTERVAL + TIMEOUT;
    }

    /** A demoted one takes none, and its clients are cut, within so many. */
    long down() {
        return fall * INTERVAL + TIMEOUT;
    }

    /** So long after a second one claims to be a master, nobody's write is taken any more while both do. */
    long noticed() {
        return INTERVAL + TIMEOUT;
    }

    @Override
    public String toString() {
        return file + ": up within " + up() + " ms, down and cut within " + down() + " ms"
                + (single ? ", no writes " + noticed() + " ms after a second claim" : "");
    }
}
