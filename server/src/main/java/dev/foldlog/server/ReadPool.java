package dev.foldlog.server;

import static java.util.Objects.requireNonNull;

import dev.foldlog.server.grpc.stream.ReadLane;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;

/**
 * The threads that read the store, behind one queue. New calls are turned away when so many tasks wait;
 * streams that were let in are always taken, so the queue's length stays below the limit and one for each
 * open stream. Thread-safe.
 */
final class ReadPool {
    private final ThreadPoolExecutor threads;
    private final int waitingMax;

    /** {@code threads} must have an unbounded queue: the bound is kept here. */
    ReadPool(ThreadPoolExecutor threads, int waitingMax) {
        this.threads = requireNonNull(threads, "threads");
        this.waitingMax = waitingMax;
    }

    /** For calls that come and go: rejects when full. */
    Executor calls() {
        return task -> {
            if (isFull()) {
                throw new RejectedExecutionException("reads waiting: " + waitingMax);
            }
            threads.execute(task);
        };
    }

    /** For streams. */
    ReadLane streams() {
        return new ReadLane() {
            @Override
            public boolean isFull() {
                return ReadPool.this.isFull();
            }

            @Override
            public void execute(Runnable task) {
                threads.execute(task);
            }
        };
    }

    private boolean isFull() {
        return threads.getQueue().size() >= waitingMax;
    }
}
