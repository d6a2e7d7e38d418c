package dev.foldlog.store.memory;

import dev.foldlog.core.append.CheckpointMove;
import dev.foldlog.core.append.CheckpointOutcome;
import dev.foldlog.core.append.CheckpointOutcome.Checkpoint;
import dev.foldlog.core.append.CheckpointOutcome.Refused;
import dev.foldlog.core.event.Position;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Decides and makes the moves of checkpoints. For the holder of the store's lock only. */
final class CheckpointJudge {
    private final Contents contents;
    private final Instant now;

    CheckpointJudge(Contents contents, Instant now) {
        this.contents = contents;
        this.now = now;
    }

    CheckpointOutcome judge(CheckpointMove move) {
        Refused refused = refusal(move);
        return refused == null ? new CheckpointOutcome.Moved(move(move)) : refused;
    }

    /** Why it cannot move, or null when it can. */
    @Nullable
    Refused refusal(CheckpointMove move) {
        Checkpoint known = contents.checkpoints().get(move.name());
        Position current = known == null ? Position.NONE : known.position();
        if (move.expected() != null && !move.expected().equals(current)) {
            return new CheckpointOutcome.MovedMeanwhile(move.name(), move.expected(), current);
        }
        if (current.isAfter(move.position()) && !move.isForced()) {
            return new CheckpointOutcome.WentBack(move.name(), move.position(), current);
        }
        if (move.position().isAfter(contents.last())) {
            return new CheckpointOutcome.PastHead(move.name(), move.position(), contents.last());
        }
        return null;
    }

    /** Moves it, whatever {@link #refusal} says. */
    Checkpoint move(CheckpointMove move) {
        Checkpoint moved = new Checkpoint(move.name(), move.position(), now);
        contents.checkpoints().put(move.name(), moved);
        return moved;
    }
}
