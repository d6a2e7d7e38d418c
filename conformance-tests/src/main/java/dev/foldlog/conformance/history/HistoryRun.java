package dev.foldlog.conformance.history;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs the clients of a plan against a server, and does something to it when half of the calls are over. */
public final class HistoryRun {
    private static final Duration LOOK_EVERY = Duration.ofMillis(200);

    private HistoryRun() {}

    /** What is done to the server in the middle. */
    @FunctionalInterface
    public interface Disturbance {
        void disturb() throws Exception;
    }

    /** Records one run; returns when every client has made all its calls. */
    public static History record(HistoryPlan plan, ServerAccess access, Disturbance disturbance) throws Exception {
        History history = new History(System::nanoTime, plan.operationsOfAll() / 2);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> running = new ArrayList<>();
            for (int i = 0; i < plan.clients(); i++) {
                running.add(threads.submit(new HistoryClient(i, plan, access, history)));
            }
            try {
                while (!history.awaitMiddle(LOOK_EVERY)) {
                    requireNoneFailed(running);
                }
                disturbance.disturb();
                for (Future<Integer> client : running) {
                    client.get();
                }
            } catch (ExecutionException e) {
                throw new IllegalStateException("a client could not go on: " + e.getCause(), e);
            } finally {
                threads.shutdownNow();
            }
        }
        return history;
    }

    private static void requireNoneFailed(List<Future<Integer>> running)
            throws ExecutionException, InterruptedException {
        for (Future<Integer> client : running) {
            if (client.state() == Future.State.FAILED) {
                client.get();
            }
        }
    }
}
