package dev.foldlog.store.sqlite;

import dev.foldlog.core.append.Append;
import dev.foldlog.core.append.AppendOutcome;
import dev.foldlog.core.append.CheckpointMove;
import dev.foldlog.core.append.CheckpointOutcome;
import dev.foldlog.core.projection.ProjectionChange;
import java.util.concurrent.CompletableFuture;

/** What waits for the writer: a change, and the future of its answer. */
sealed interface WriteCommand {
    CompletableFuture<?> answer();

    /** Bytes that it holds while it waits. */
    long sizeBytes();

    /** Events that it may store. */
    int events();

    /** Preconditions that the writer judges. */
    default int conditions() {
        return 0;
    }

    /**
     * An append whose conditions on other events were looked at up to {@code looked}.
     */
    record AppendEvents(
            Append append, ConditionFindings looked, long sizeBytes, CompletableFuture<AppendOutcome> answer)
            implements WriteCommand {
        @Override
        public int events() {
            return append.events().size();
        }

        @Override
        public int conditions() {
            return append.preconditions().size();
        }
    }

    /** A checkpoint to move. */
    record MoveCheckpoint(CheckpointMove move, CompletableFuture<CheckpointOutcome> answer) implements WriteCommand {
        @Override
        public long sizeBytes() {
            return SMALL_BYTES;
        }

        @Override
        public int events() {
            return 0;
        }
    }

    /** A checkpoint to remove. */
    record DeleteCheckpoint(String name, CompletableFuture<Boolean> answer) implements WriteCommand {
        @Override
        public long sizeBytes() {
            return SMALL_BYTES;
        }

        @Override
        public int events() {
            return 0;
        }
    }

    /** A change of projections. */
    record ChangeProjections<T>(ProjectionChange<T> change, CompletableFuture<T> answer) implements WriteCommand {
        @Override
        public long sizeBytes() {
            return SMALL_BYTES;
        }

        @Override
        public int events() {
            return 0;
        }
    }

    /** What a command without events is counted as. */
    long SMALL_BYTES = 256;
}
