package io.sluice.plugins.roundrobin;

import io.sluice.spi.balancer.Target;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/** A schedule, and whose turn it is. Thread-safe, without locks and without allocation. */
final class Turn {

    private final Schedule schedule;

    /** Grows for ever; a {@code long} does not wrap in the life of a gateway. */
    private final AtomicLong position;

    Turn(Schedule schedule, int start) {
        this.schedule = schedule;
        this.position = new AtomicLong(start);
    }

    /** Whose turn it is; {@code null} without targets. */
    Target next() {
        return schedule.isEmpty() ? null : schedule.at(slot(position.get()));
    }

    /** Takes a turn; {@code null} when every target was attempted. */
    Target take(Predicate<Target> attempted) {
        if (schedule.isEmpty()) {
            return null;
        }
        long taken = position.getAndIncrement();
        for (int step = 0; step < schedule.length(); step++) {
            Target target = schedule.at(slot(taken + step));
            if (!attempted.test(target)) {
                if (step > 0) {
                    // The slots that were passed over are used up, else the next connection would get this target
                    // again. If another thread has moved on meanwhile, that is spread enough.
                    position.compareAndSet(taken + 1, taken + 1 + step);
                }
                return target;
            }
        }
        return null;
    }

    /**
     * Where another schedule goes on after this one: with the target whose turn it is, or the next after it that is still
     * there, at its slot nearest to the part of the cycle that has passed.
     */
    int continuedIn(Schedule other) {
        if (schedule.isEmpty()) {
            return 0;
        }
        int here = slot(position.get());
        int wanted = (int) ((long) here * other.length() / schedule.length());
        for (int step = 0; step < schedule.length(); step++) {
            int found = other.nearest(schedule.at(slot((long) here + step)), wanted);
            if (found >= 0) {
                return found;
            }
        }
        return wanted;
    }

    private int slot(long at) {
        return (int) (at % schedule.length());
    }
}
