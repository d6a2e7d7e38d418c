package dev.foldlog.server.grpc.validation;

import dev.foldlog.core.append.CheckpointMove;
import dev.foldlog.core.event.Position;
import dev.foldlog.v1.CheckpointUpdate;
import dev.foldlog.v1.CommitCheckpointRequest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Judges moves of checkpoints and makes the store's own of them. */
public final class CheckpointValidator {
    private CheckpointValidator() {}

    /** The move that a request of its own asks for. */
    public static CheckpointMove validate(CommitCheckpointRequest request, Violations violations) {
        CheckpointUpdate.Builder update =
                CheckpointUpdate.newBuilder().setName(request.getName()).setPosition(request.getPosition());
        if (request.hasExpectedPosition()) {
            update.setExpectedPosition(request.getExpectedPosition());
        }
        if (request.getForce() && request.getPosition() == 0) {
            // As good as left out; going back to the start by accident is what force must not do.
            violations.missing(FieldPath.ROOT.field("position"), "1 or more with force; DeleteCheckpoint starts anew");
        }
        return move(update.build(), request.getForce(), FieldPath.ROOT, violations);
    }

    /** The moves of an append, no name twice. */
    static List<CheckpointMove> validate(List<CheckpointUpdate> updates, Violations violations) {
        List<CheckpointMove> moves = new ArrayList<>(updates.size());
        Set<String> names = new HashSet<>();
        for (int i = 0; i < updates.size(); i++) {
            FieldPath path = FieldPath.ROOT.element("checkpoints", i);
            CheckpointMove move = move(updates.get(i), false, path, violations);
            if (!names.add(move.name())) {
                violations.malformedText(path.field("name"), move.name(), "no name twice");
            }
            moves.add(move);
        }
        return moves;
    }

    private static CheckpointMove move(
            CheckpointUpdate update, boolean isForced, FieldPath path, Violations violations) {
        TextRule.CHECKPOINT_NAME.check(update.getName(), path, "name", violations);
        Position expected = update.hasExpectedPosition()
                ? position(update.getExpectedPosition(), path.field("expected_position"), violations)
                : null;
        return new CheckpointMove(
                update.getName(),
                position(update.getPosition(), path.field("position"), violations),
                expected,
                isForced);
    }

    private static Position position(long value, FieldPath path, Violations violations) {
        return new Position(NumberChecks.notNegative(value, path, violations));
    }
}
