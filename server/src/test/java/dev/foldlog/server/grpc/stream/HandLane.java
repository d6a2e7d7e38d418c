package dev.foldlog.server.grpc.stream;

import java.util.ArrayDeque;
import java.util.Queue;

/** A read lane whose tasks run when the test says so, on the test's thread. */
final class HandLane implements ReadLane {
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private boolean isFull;

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
    }

    @Override
    public boolean isFull() {
        return isFull;
    }

    void fill() {
        isFull = true;
    }

    int waiting() {
        return tasks.size();
    }

    /** Runs one task, if one waits. */
    boolean runOne() {
        Runnable task = tasks.poll();
        if (task == null) {
            return false;
        }
        task.run();
        return true;
    }

    /** Runs tasks until none waits. A stream that never rests fails here. */
    void runAll() {
        for (int i = 0; i < 100_000; i++) {
            if (!runOne()) {
                return;
            }
        }
        throw new AssertionError("the tasks never come to rest");
    }
}
