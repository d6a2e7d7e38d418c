package dev.foldlog.client;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A running subscription. It connects again by itself, with pauses that grow, after a restart of the server, a
 * broken connection or a silent one, and goes on behind the last event handled, in the same store only. It ends
 * when it is closed, when its handler throws, or when the server answers what no repeat can mend, such as
 * STORE_MISMATCH, POSITION_AHEAD or INVALID_FIELD. Thread-safe.
 */
public final class Subscription implements AutoCloseable {
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(10);

    private final SubscriptionLoop loop;
    private final Thread thread;

    private Subscription(SubscriptionLoop loop, Thread thread) {
        this.loop = loop;
        this.thread = thread;
    }

    static Subscription start(SubscriptionLoop loop, ClientEnvironment environment) {
        Thread thread = environment.threads().newThread(loop);
        thread.start();
        return new Subscription(loop, thread);
    }

    /** Everything that matches through here has been handled. */
    public long position() {
        return loop.position();
    }

    /** The store that {@link #position} belongs to; empty before the first connection. */
    public String storeId() {
        return loop.storeId();
    }

    /** Whether it has not ended yet; true also while it waits for a server. */
    public boolean isRunning() {
        return !loop.ended().isDone();
    }

    /** Completes when the subscription has ended: normally after {@link #close}, otherwise with what ended it. */
    public CompletableFuture<Void> ended() {
        return loop.ended().copy();
    }

    /**
     * What ended the subscription: the handler's own exception, or the server's. Empty while it runs and after
     * {@link #close}.
     */
    public Optional<Throwable> failure() {
        return loop.failure();
    }

    /**
     * Stops it. When this returns no method of the handler runs or will run, unless it is called by the handler
     * itself or the handler takes longer than 10 s. Safe to repeat and from any thread.
     */
    @Override
    public void close() {
        loop.stop();
        if (Thread.currentThread() == thread) {
            return;
        }
        try {
            loop.ended().get(CLOSE_PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            // What ended it is told by failure(), and a handler that does not return is its owner's affair.
        }
    }
}
