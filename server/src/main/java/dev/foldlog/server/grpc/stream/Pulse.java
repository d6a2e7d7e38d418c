package dev.foldlog.server.grpc.stream;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Runs one step again and again, whenever it is signalled, never twice at a time. Thread-safe; the step
 * is confined: each run sees what the runs before it wrote, and everything written before a signal that
 * it answers. A signal is never lost: one that comes during a run leads to another run.
 *
 * <pre>
 *           signal          taken up            signal
 *   IDLE ----------> QUEUED ----------> RUNNING ----------> AGAIN
 *    ^                 ^                   |                  |
 *    |                 +---- step returned (requeued) --------+
 *    +---------------------- step returned
 *   any ---- stop ----> STOPPED
 * </pre>
 */
final class Pulse {
    private enum State {
        IDLE,
        QUEUED,
        RUNNING,
        AGAIN,
        STOPPED
    }

    private final Executor executor;
    private final Runnable step;
    private final AtomicReference<State> state = new AtomicReference<>(State.IDLE);

    /** The step must not throw. */
    Pulse(Executor executor, Runnable step) {
        this.executor = executor;
        this.step = step;
    }

    /** Asks for a run of the step that begins after this call. Never blocks. */
    void signal() {
        State before = state.getAndUpdate(now -> switch (now) {
            case IDLE, QUEUED -> State.QUEUED;
            case RUNNING, AGAIN -> State.AGAIN;
            case STOPPED -> State.STOPPED;
        });
        if (before == State.IDLE) {
            enqueue();
        }
    }

    /** No run begins any more. */
    void stop() {
        state.set(State.STOPPED);
    }

    private void enqueue() {
        try {
            executor.execute(this::run);
        } catch (RejectedExecutionException e) {
            // The executor takes everything until it is shut down, and then nobody waits for a step.
            stop();
        }
    }

    private void run() {
        if (!state.compareAndSet(State.QUEUED, State.RUNNING)) {
            return;
        }
        step.run();
        State after = state.updateAndGet(now -> switch (now) {
            case RUNNING -> State.IDLE;
            case AGAIN, QUEUED -> State.QUEUED;
            case IDLE, STOPPED -> now;
        });
        if (after == State.QUEUED) {
            enqueue();
        }
    }
}
