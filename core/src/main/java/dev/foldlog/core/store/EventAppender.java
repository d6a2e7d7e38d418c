package dev.foldlog.core.store;

import dev.foldlog.core.append.Append;
import dev.foldlog.core.append.AppendOutcome;
import java.util.concurrent.CompletableFuture;

/** Appends events. Thread-safe. */
public interface EventAppender {
    /**
     * Judges and stores an append, atomically, in the order of arrival. Ids are looked up before
     * preconditions, so a repeat never conflicts with its own first try.
     *
     * <p>The future completes after the commit, with the store's promise of durability kept, or
     * exceptionally with a {@link StoreException}, or the EvaluationException of a condition that is over its budget;
     * on the store's threads, or before it is returned, so
     * dependents must be short. Cancelling it drops the append if it still waits. Never waits for a disk: a full
     * queue is {@link ErrorCode#OVERLOADED}.
     */
    CompletableFuture<AppendOutcome> append(Append append);
}
