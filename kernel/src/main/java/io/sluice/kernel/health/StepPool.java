package io.sluice.kernel.health;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/**
 * Threads for what commands of plugins do: a few, as long as all of it is short. A task that does not come back costs its
 * thread and no more: {@link #replace} puts another one in its place, and while tasks wait behind slow ones, threads are
 * added up to a bound.
 */
final class StepPool implements AutoCloseable {

    private static final int USUAL = 2;
    private static final int MOST = 128;
    private static final Duration LOOK = Duration.ofMillis(50);
    private static final Duration SPARE = Duration.ofSeconds(10);

    private final EventLoop clock;
    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private int threads;
    private int idle;
    private long taken;
    private boolean looking;
    private boolean closed;

    /** A thread of the pool. */
    private final class Worker implements Runnable {

        private volatile boolean given;
        private volatile Thread thread;

        @Override
        public void run() {
            thread = Thread.currentThread();
            for (Runnable task = next(this); task != null; task = next(this)) {
                CURRENT.set(this);
                task.run();
            }
        }
    }

    /** Whose thread it is, for {@link #current}. */
    private static final ThreadLocal<Worker> CURRENT = new ThreadLocal<>();

    /** A task's thread, to be replaced if the task does not come back. */
    interface Place {

        /** Gives the thread up: it is interrupted, and ends as soon as its task does. */
        void replace();
    }

    /**
     * @param clock looks now and then whether tasks wait
     */
    StepPool(EventLoop clock) {
        this.clock = clock;
    }

    /** Runs a task soon. Any thread. */
    synchronized void execute(Runnable task) {
        if (closed) {
            return;
        }
        tasks.add(task);
        // a thread that was woken stands among the idle ones until it runs
        if (idle >= tasks.size()) {
            notify();
        } else if (threads < USUAL) {
            add();
        } else if (!looking) {
            look();
        }
    }

    /** The place of the task that calls this. */
    Place current() {
        Worker worker = CURRENT.get();
        return () -> replace(worker);
    }

    private synchronized void replace(Worker worker) {
        if (!worker.given) {
            worker.given = true;
            worker.thread.interrupt();
            threads--;
            if (!closed && (!tasks.isEmpty() || threads < USUAL)) {
                add();
            }
        }
    }

    private void look() {
        looking = true;
        long then = taken;
        clock.schedule(() -> looked(then), LOOK.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Nothing was taken for a while although something waits: what runs is slow. */
    private synchronized void looked(long then) {
        looking = false;
        if (closed || tasks.isEmpty()) {
            return;
        }
        for (int i = 0; taken == then && threads < MOST && i < tasks.size(); i++) {
            add();
        }
        look();
    }

    private void add() {
        threads++;
        Thread thread = new Thread(new Worker(), "sluice-probe-steps");
        thread.setDaemon(true);
        thread.start();
    }

    /** The next task; {@code null} when the thread shall end. */
    private synchronized Runnable next(Worker worker) {
        long until = System.nanoTime() + SPARE.toNanos();
        while (!closed && !worker.given) {
            Runnable task = tasks.poll();
            if (task != null) {
                taken++;
                return task;
            }
            long left = until - System.nanoTime();
            if (left <= 0 && threads > USUAL) {
                break;
            }
            await(left <= 0 ? SPARE.toNanos() : left);
        }
        if (!worker.given) {
            threads--;
        }
        return null;
    }

    private void await(long nanos) {
        idle++;
        try {
            TimeUnit.NANOSECONDS.timedWait(this, nanos);
        } catch (InterruptedException e) {
            Thread.interrupted();
        } finally {
            idle--;
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        tasks.clear();
        notifyAll();
    }
}
