package dev.foldlog.server.grpc.stream;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Time that passes when the test says so: timers, and the clock that goes with them. */
final class HandTimers implements Timers, InstantSource {
    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    private record Task(long dueNanos, Runnable action) {}

    private final List<Task> tasks = new ArrayList<>();
    private long nanos;

    @Override
    public long nanos() {
        return nanos;
    }

    @Override
    public Instant instant() {
        return START.plusNanos(nanos);
    }

    @Override
    public Timer after(Duration delay, Runnable action) {
        Task task = new Task(nanos + delay.toNanos(), action);
        tasks.add(task);
        return () -> tasks.remove(task);
    }

    /** Timers set and not yet run or dropped. */
    int pending() {
        return tasks.size();
    }

    /** Lets time pass; timers run at their time. */
    void pass(Duration duration) {
        long until = nanos + duration.toNanos();
        while (true) {
            Optional<Task> next =
                    tasks.stream().filter(it -> it.dueNanos() <= until).min(Comparator.comparingLong(Task::dueNanos));
            if (next.isEmpty()) {
                break;
            }
            tasks.remove(next.get());
            nanos = next.get().dueNanos();
            next.get().action().run();
        }
        nanos = until;
    }
}
