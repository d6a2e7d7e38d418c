package dev.foldlog.core.append;

import static java.util.Objects.requireNonNull;

import dev.foldlog.core.event.Position;
import java.time.Instant;

/** What came of moving a checkpoint. */
public sealed interface CheckpointOutcome {
    /** Moved (or already there), and as durable as an append. */
    record Moved(Checkpoint checkpoint) implements CheckpointOutcome {
        public Moved {
            requireNonNull(checkpoint, "checkpoint");
        }
    }

    /** Not moved. */
    sealed interface Refused extends CheckpointOutcome {
        String name();
    }

    /** It would go back. */
    record WentBack(String name, Position position, Position current) implements Refused {}

    /** It is not where it was expected. */
    record MovedMeanwhile(String name, Position expected, Position current) implements Refused {}

    /** It would pass the head. */
    record PastHead(String name, Position position, Position head) implements Refused {}

    /** A named checkpoint. */
    record Checkpoint(String name, Position position, Instant updatedAt) {
        public Checkpoint {
            requireNonNull(name, "name");
            requireNonNull(position, "position");
            requireNonNull(updatedAt, "updatedAt");
        }
    }
}
