package dev.foldlog.core.store;

import dev.foldlog.core.append.CheckpointMove;
import dev.foldlog.core.append.CheckpointOutcome;
import dev.foldlog.core.append.CheckpointOutcome.Checkpoint;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Named checkpoints. Thread-safe. Reads may block on the disk; changes are made in the order of appends. */
public interface CheckpointStore {
    Optional<Checkpoint> checkpoint(String name);

    /** Checkpoints in bytewise name order, after the given name. */
    List<Checkpoint> checkpoints(String afterName, int limit);

    /** Moves a checkpoint, under the promises of {@link EventAppender#append}. */
    CompletableFuture<CheckpointOutcome> moveCheckpoint(CheckpointMove move);

    /** Removes a checkpoint; completes with false when there is none. */
    CompletableFuture<Boolean> deleteCheckpoint(String name);
}
