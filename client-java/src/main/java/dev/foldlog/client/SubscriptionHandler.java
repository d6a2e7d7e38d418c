package dev.foldlog.client;

import dev.foldlog.client.error.FoldlogException;
import dev.foldlog.v1.RecordedEvent;
import java.time.Duration;

/**
 * Who follows the log. All methods of one subscription are called one after the other, on the subscription's own
 * thread; while one runs, at most two batches wait here and the rest stays on the server. A method that throws
 * ends the subscription.
 */
@FunctionalInterface
public interface SubscriptionHandler {
    /**
     * An event. They come in position order, each once in the life of a subscription; what was handled before the
     * subscription was made anew is the application's to remember (see {@link #onPosition}).
     */
    void onEvent(RecordedEvent event) throws Exception;

    /**
     * Everything that matches through this position has been handled: the place to store, with
     * {@link Subscription#storeId}, for a later start. Called after each batch, and when the server has passed
     * over events that do not match. Never goes back.
     */
    default void onPosition(long position) throws Exception {}

    /** The subscription runs: after the start and after each reconnection. */
    default void onConnected(String storeId, long startPosition, long headPosition) throws Exception {}

    /** The past is done, what follows is live. Comes again after {@link #onFellBehind} and after reconnections. */
    default void onCaughtUp(long position) throws Exception {}

    /** Delivery is far behind the head: no longer live, the past is read again. */
    default void onFellBehind(long position, long headPosition) throws Exception {}

    /** Nothing new, but the server is there. */
    default void onHeartbeat(long position, long headPosition) throws Exception {}

    /** The connection broke, for this reason, and is made again after a pause. */
    default void onDisconnected(FoldlogException cause, Duration pause) throws Exception {}

    /**
     * The subscription has ended for good: this handler threw this, or the server refused to go on. Not called
     * after {@link Subscription#close}. Unless overridden the thread's uncaught-exception handler gets it.
     */
    default void onFailed(Throwable failure) {
        Thread thread = Thread.currentThread();
        thread.getUncaughtExceptionHandler().uncaughtException(thread, failure);
    }
}
