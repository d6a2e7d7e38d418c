package dev.foldlog.store.sqlite;

import dev.foldlog.core.append.Append;
import dev.foldlog.core.append.AppendOutcome;
import dev.foldlog.core.event.EventCodec;
import dev.foldlog.core.store.ErrorCode;
import dev.foldlog.core.store.EventReader;
import dev.foldlog.core.store.StoreException;
import dev.foldlog.store.sqlite.WriteCommand.AppendEvents;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;

/**
 * The threads that look at the conditions of appends, each of which has a reserved place in the write queue
 * meanwhile and enters it then. An append whose answer is done (cancelled), and every one once they are
 * stopped, is let go within a page of its look. Thread-safe.
 */
final class ConditionReaders {
    private final ExecutorService threads;
    private final WriteQueue queue;
    private final EventCodec codec;
    private volatile boolean isStopped;

    ConditionReaders(ExecutorService threads, WriteQueue queue, EventCodec codec) {
        this.threads = threads;
        this.queue = queue;
        this.codec = codec;
    }

    /** Looks at an append that has its place, on one of the threads, and lets it into the queue. */
    void take(Append append, long sizeBytes, CompletableFuture<AppendOutcome> answer, EventReader reader) {
        try {
            threads.execute(() -> look(append, sizeBytes, answer, reader));
        } catch (RejectedExecutionException e) {
            refuse(sizeBytes, answer, closed());
        }
    }

    /** Lets go of every append that is being looked at or waits for it: they are refused. */
    void stop() {
        isStopped = true;
        threads.shutdown();
    }

    private void look(Append append, long sizeBytes, CompletableFuture<AppendOutcome> answer, EventReader reader) {
        Optional<ConditionFindings> looked;
        try {
            looked = new ConditionLook(reader, codec, () -> isStopped || answer.isDone()).look(append);
        } catch (Throwable e) { // an Error too: the caller waits, and the place is kept
            refuse(sizeBytes, answer, e);
            return;
        }
        if (looked.isEmpty()) {
            refuse(sizeBytes, answer, closed());
        } else if (!queue.enter(new AppendEvents(append, looked.get(), sizeBytes, answer))) {
            answer.completeExceptionally(closed());
        }
    }

    private void refuse(long sizeBytes, CompletableFuture<AppendOutcome> answer, Throwable why) {
        queue.release(sizeBytes);
        answer.completeExceptionally(why);
    }

    private static StoreException closed() {
        return new StoreException(ErrorCode.UNAVAILABLE, "the store is closed");
    }
}
