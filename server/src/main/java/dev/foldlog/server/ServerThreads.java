package dev.foldlog.server;

import dev.foldlog.server.grpc.stream.ScheduledTimers;
import dev.foldlog.server.grpc.stream.Timers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads of one server, beside the transport's and the store's own. Made by the composition root and
 * ended by it, last. Thread-safe.
 */
final class ServerThreads implements AutoCloseable {
    /** Tasks of new calls that may wait for a reading thread. */
    static final int READS_WAITING_MAX = 2_000;

    /** Large appends that may wait to be checked. */
    static final int LARGE_APPENDS_WAITING_MAX = 256;

    /** Projections that are folded beside the appends at the same time; the others take turns with them. */
    private static final int PROJECTING = 2;

    private static final Duration END_TIMEOUT = Duration.ofSeconds(5);

    private final ThreadPoolExecutor reading;
    private final ThreadPoolExecutor checking;
    private final ScheduledThreadPoolExecutor timing;
    private final ThreadPoolExecutor projecting;
    private final ReadPool reads;

    private ServerThreads(int readersMax, int checkersMax) {
        this.reading = fixed("foldlog-read", readersMax, new LinkedBlockingQueue<>());
        this.checking = fixed("foldlog-check", checkersMax, new ArrayBlockingQueue<>(LARGE_APPENDS_WAITING_MAX));
        this.projecting = fixed("foldlog-projection", PROJECTING, new LinkedBlockingQueue<>());
        this.timing = new ScheduledThreadPoolExecutor(1, named("foldlog-timer"));
        this.timing.setRemoveOnCancelPolicy(true);
        this.reads = new ReadPool(reading, READS_WAITING_MAX);
    }

    /** As many readers as the store has connections for, and a checker for each of half the processors. */
    static ServerThreads start(int readersMax, int processors) {
        return new ServerThreads(readersMax, Math.max(1, processors / 2));
    }

    ReadPool reads() {
        return reads;
    }

    /** Checks large appends; rejects when too many wait. */
    Executor checks() {
        return checking;
    }

    /** Folds projections; takes everything, for each projection has at most one task waiting. Drops what comes at the end. */
    Executor projections() {
        return task -> {
            if (!projecting.isShutdown()) {
                projecting.execute(task);
            }
        };
    }

    Timers timers() {
        return new ScheduledTimers(timing, System::nanoTime);
    }

    @Override
    public void close() {
        for (ExecutorService threads : List.of(timing, projecting, checking, reading)) {
            threads.shutdownNow();
        }
        boolean isInterrupted = false;
        for (ExecutorService threads : List.of(timing, projecting, checking, reading)) {
            try {
                if (!threads.awaitTermination(END_TIMEOUT.toNanos(), TimeUnit.NANOSECONDS)) {
                    throw new IllegalStateException("a thread did not end in " + END_TIMEOUT);
                }
            } catch (InterruptedException e) {
                isInterrupted = true;
            }
        }
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static ThreadPoolExecutor fixed(String name, int size, BlockingQueue<Runnable> queue) {
        return new ThreadPoolExecutor(size, size, 0, TimeUnit.SECONDS, queue, named(name));
    }

    private static ThreadFactory named(String name) {
        return Thread.ofPlatform().daemon().name(name + '-', 1).factory();
    }
}
