package io.sluice.kernel.problem;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Problems of what runs, beside those of the plan: each is raised when something goes wrong at work and cleared when it
 * is right again. One for each code, service and subject; raising it again with another sentence replaces it.
 *
 * <p>Thread-safe. Listeners are told on the thread that changed it; they must not block and must not throw.
 */
public final class LiveProblems {

    private final Map<Key, Problem> problems = new ConcurrentSkipListMap<>();
    private final List<Consumer<Change>> listeners = new CopyOnWriteArrayList<>();

    /** What a problem is about. */
    private record Key(String service, String code, String subject) implements Comparable<Key> {

        @Override
        public int compareTo(Key other) {
            int byService = service.compareTo(other.service);
            int byCode = byService != 0 ? byService : code.compareTo(other.code);
            return byCode != 0 ? byCode : subject.compareTo(other.subject);
        }
    }

    /**
     * What happened to a problem.
     *
     * @param problem as it stands now, or stood when it was cleared
     * @param raised  whether it is new or says something new; if not, it was cleared
     */
    public record Change(Problem problem, boolean raised) {
    }

    /**
     * Raises a problem, or replaces what it says.
     *
     * @param subject what of the service it is about: a target, a command; empty for the service itself
     */
    public void raise(Problem problem, String subject) {
        Objects.requireNonNull(subject, "subject");
        Key key = new Key(problem.service(), problem.code(), subject);
        Problem before = problems.put(key, problem);
        if (before == null || !before.words().equals(problem.words())) {
            tell(new Change(problem, true));
        }
    }

    /** Clears the problem with this code, service and subject, if there is one. */
    public void clear(String code, String service, String subject) {
        Problem before = problems.remove(new Key(service, code, subject));
        if (before != null) {
            tell(new Change(before, false));
        }
    }

    /** Clears all problems of a service that is gone. */
    public void clear(String service) {
        problems.keySet().stream().filter(key -> key.service().equals(service))
                .forEach(key -> clear(key.code(), key.service(), key.subject()));
    }

    /** All that is wrong now, by service, code and subject. */
    public List<Problem> all() {
        return List.copyOf(problems.values());
    }

    /** Tells someone of each change from now on. */
    public void onChange(Consumer<Change> listener) {
        listeners.add(listener);
    }

    private void tell(Change change) {
        listeners.forEach(listener -> listener.accept(change));
    }
}
