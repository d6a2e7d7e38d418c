package dev.foldlog.store.sqlite;

import dev.foldlog.core.append.CheckpointMove;
import dev.foldlog.core.append.CheckpointOutcome.Checkpoint;
import dev.foldlog.core.append.CheckpointOutcome.MovedMeanwhile;
import dev.foldlog.core.append.CheckpointOutcome.PastHead;
import dev.foldlog.core.append.CheckpointOutcome.Refused;
import dev.foldlog.core.append.CheckpointOutcome.WentBack;
import dev.foldlog.core.event.Position;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Decides and makes the moves of checkpoints inside the open transaction. Confined to the writer's thread. */
final class CheckpointJudge {
    private final WriterSession session;

    CheckpointJudge(WriterSession session) {
        this.session = session;
    }

    /** Why it cannot move, or null when it can. */
    @Nullable
    Refused refusal(CheckpointMove move) {
        Position current = CheckpointRows.find(session.sql(), move.name())
                .map(Checkpoint::position)
                .orElse(Position.NONE);
        Position expected = move.expected();
        if (expected != null && !expected.equals(current)) {
            return new MovedMeanwhile(move.name(), expected, current);
        }
        if (current.isAfter(move.position()) && !move.isForced()) {
            return new WentBack(move.name(), move.position(), current);
        }
        if (move.position().isAfter(session.last())) {
            return new PastHead(move.name(), move.position(), session.last());
        }
        return null;
    }

    Checkpoint move(CheckpointMove move, Instant now) {
        Checkpoint moved = new Checkpoint(move.name(), move.position(), now);
        CheckpointRows.put(session.sql(), moved);
        session.changed();
        return moved;
    }

    boolean delete(String name) {
        boolean isDeleted = CheckpointRows.delete(session.sql(), name);
        if (isDeleted) {
            session.changed();
        }
        return isDeleted;
    }
}
