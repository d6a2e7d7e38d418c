package dev.foldlog.scenarios;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What is to happen to the next calls of each method, and what calls there were. Thread-safe. */
final class Faults {
    private final Map<String, Queue<Fault>> waiting = new HashMap<>();
    private final Map<String, Integer> calls = new HashMap<>();
    private int held;
    private int cancelled;

    /** The next call of the method, after those that have a fault already, meets this one. */
    synchronized void add(String method, Fault fault) {
        waiting.computeIfAbsent(method, it -> new ArrayDeque<>()).add(fault);
    }

    /** Counts a call, and says what is to happen to it; null: nothing. */
    synchronized @Nullable Fault met(String method) {
        calls.merge(method, 1, Integer::sum);
        Queue<Fault> faults = waiting.get(method);
        Fault fault = faults == null ? null : faults.poll();
        if (fault instanceof Fault.Held) {
            held++;
        }
        return fault;
    }

    /** How often a method was called. */
    synchronized int calls(String method) {
        return calls.getOrDefault(method, 0);
    }

    synchronized void cancelled() {
        cancelled++;
        notifyAll();
    }

    /** Waits until every held call, of which there must be one, was given up by its client; how many there were. */
    synchronized int awaitCancelled(long secondsMax) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(secondsMax);
        while (held == 0 || cancelled < held) {
            long millis = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (millis <= 0) {
                throw new IllegalStateException(
                        "cancelled: " + cancelled + " of " + held + " held calls (expected: all, and at least one)");
            }
            wait(millis);
        }
        return held;
    }

    synchronized void forget() {
        waiting.clear();
        calls.clear();
        held = 0;
        cancelled = 0;
    }
}
