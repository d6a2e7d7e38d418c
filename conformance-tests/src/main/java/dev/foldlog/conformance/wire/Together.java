package dev.foldlog.conformance.wire;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs tasks on threads of their own, which start together behind a barrier. Every wait is bounded. */
public final class Together implements AutoCloseable {
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Duration patience;

    public Together(Duration patience) {
        this.patience = patience;
    }

    /** The results in the order of the tasks; the first failure is thrown. */
    public <T> List<T> run(List<? extends Callable<T>> tasks) {
        return results(start(tasks));
    }

    /** As {@link #run}, a group after the other, so that no more than {@code size} run at the same time. */
    public <T> List<T> runInGroups(int size, List<? extends Callable<T>> tasks) {
        List<T> results = new ArrayList<>();
        for (int from = 0; from < tasks.size(); from += size) {
            results.addAll(run(tasks.subList(from, Math.min(tasks.size(), from + size))));
        }
        return results;
    }

    /** Starts the tasks behind a barrier and does not wait for their results. */
    public <T> List<Future<T>> start(List<? extends Callable<T>> tasks) {
        CyclicBarrier barrier = new CyclicBarrier(tasks.size());
        List<Future<T>> running = new ArrayList<>();
        for (Callable<T> task : tasks) {
            running.add(threads.submit(() -> {
                barrier.await(patience.toMillis(), TimeUnit.MILLISECONDS);
                return task.call();
            }));
        }
        return running;
    }

    /** The results of started tasks, in their order; the first failure is thrown. */
    public <T> List<T> results(List<Future<T>> running) {
        List<T> results = new ArrayList<>();
        for (Future<T> future : running) {
            results.add(result(future));
        }
        return results;
    }

    private <T> T result(Future<T> future) {
        try {
            return future.get(4 * patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError("a concurrent task failed: " + e.getCause(), e.getCause());
        } catch (TimeoutException e) {
            throw new AssertionError("a concurrent task did not end in time", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for a concurrent task", e);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
