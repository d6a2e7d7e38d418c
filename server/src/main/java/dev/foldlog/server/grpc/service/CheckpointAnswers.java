package dev.foldlog.server.grpc.service;

import dev.foldlog.core.append.CheckpointOutcome;
import dev.foldlog.core.append.CheckpointOutcome.Moved;
import dev.foldlog.core.append.CheckpointOutcome.MovedMeanwhile;
import dev.foldlog.core.append.CheckpointOutcome.PastHead;
import dev.foldlog.core.append.CheckpointOutcome.Refused;
import dev.foldlog.core.append.CheckpointOutcome.WentBack;
import dev.foldlog.server.grpc.codec.ProtoTimes;
import dev.foldlog.server.grpc.error.ApiException;
import dev.foldlog.server.grpc.error.ShownText;
import dev.foldlog.server.grpc.validation.FieldPath;
import dev.foldlog.server.grpc.validation.NumberChecks;
import dev.foldlog.v1.Checkpoint;
import dev.foldlog.v1.CommitCheckpointResponse;
import dev.foldlog.v1.ErrorReason;

/** What checkpoints, and the outcomes of moving them, are on the wire. */
final class CheckpointAnswers {
    private CheckpointAnswers() {}

    static CommitCheckpointResponse of(CheckpointOutcome outcome) {
        return switch (outcome) {
            case Moved moved ->
                CommitCheckpointResponse.newBuilder()
                        .setCheckpoint(checkpoint(moved.checkpoint()))
                        .build();
            case Refused refused -> throw refusal(refused, FieldPath.ROOT);
        };
    }

    static Checkpoint checkpoint(CheckpointOutcome.Checkpoint checkpoint) {
        return Checkpoint.newBuilder()
                .setName(checkpoint.name())
                .setPosition(checkpoint.position().value())
                .setUpdatedAt(ProtoTimes.timestamp(checkpoint.updatedAt()))
                .build();
    }

    /** The error of a refused move, which the request asks for at this path. */
    static ApiException refusal(Refused refused, FieldPath path) {
        return switch (refused) {
            case WentBack back ->
                ApiException.of(
                        ErrorReason.ERROR_REASON_CHECKPOINT_WENT_BACK,
                        "checkpoint " + back.name() + " would go back from " + back.current() + " to "
                                + back.position(),
                        "checkpoint",
                        back.name(),
                        "position",
                        back.position(),
                        "current_position",
                        back.current());
            case MovedMeanwhile moved ->
                ApiException.of(
                        ErrorReason.ERROR_REASON_CHECKPOINT_MOVED,
                        "checkpoint " + moved.name() + " is at " + moved.current() + " (expected: " + moved.expected()
                                + ')',
                        "checkpoint",
                        moved.name(),
                        "expected_position",
                        moved.expected(),
                        "current_position",
                        moved.current());
            case PastHead past -> NumberChecks.ahead(path.field("position"), past.position(), past.head());
        };
    }

    static ApiException unknown(String name) {
        return ApiException.of(
                ErrorReason.ERROR_REASON_RESOURCE_NOT_FOUND,
                "name: " + ShownText.quoted(name, 128) + " (expected: a checkpoint that is stored)",
                "checkpoint",
                name);
    }
}
