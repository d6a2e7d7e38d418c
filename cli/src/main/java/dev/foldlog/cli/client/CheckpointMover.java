package dev.foldlog.cli.client;

import dev.foldlog.cli.shell.Shell;
import dev.foldlog.v1.CommitCheckpointRequest;
import dev.foldlog.v1.ErrorReason;
import dev.foldlog.v1.GetCheckpointRequest;
import io.grpc.StatusException;
import java.time.Duration;

/**
 * Moves one named checkpoint, by compare and set: of two that follow under one name, only one gets
 * through. Confined to one thread.
 */
final class CheckpointMover {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Shell shell;
    private final Connection connection;
    private final String name;
    private long position;
    private boolean isOutcomeUnknown;

    private CheckpointMover(Shell shell, Connection connection, String name, long position) {
        this.shell = shell;
        this.connection = connection;
        this.name = name;
        this.position = position;
    }

    /** Reads where the checkpoint is; nowhere yet is 0. */
    static CheckpointMover of(Shell shell, Connection connection, String name) throws StatusException {
        return new CheckpointMover(shell, connection, name, stored(connection, name));
    }

    private static long stored(Connection connection, String name) throws StatusException {
        try {
            return connection
                    .checkpoints()
                    .getCheckpoint(
                            GetCheckpointRequest.newBuilder().setName(name).build())
                    .getCheckpoint()
                    .getPosition();
        } catch (StatusException e) {
            if (ServerError.of(e).reason() == ErrorReason.ERROR_REASON_RESOURCE_NOT_FOUND) {
                return 0;
            }
            throw e;
        }
    }

    long position() {
        return position;
    }

    /** Moves the checkpoint forward; nothing happens when it is there already. */
    void moveTo(long target) throws StatusException {
        if (target <= position) {
            return;
        }
        CommitCheckpointRequest request = CommitCheckpointRequest.newBuilder()
                .setName(name)
                .setPosition(target)
                .setExpectedPosition(position)
                .build();
        isOutcomeUnknown = false;
        new Retrying(shell, connection, PATIENCE, shell::note).until(() -> commit(request));
        position = target;
    }

    private Long commit(CommitCheckpointRequest request) throws StatusException {
        try {
            return connection
                    .checkpoints()
                    .commitCheckpoint(request)
                    .getCheckpoint()
                    .getPosition();
        } catch (StatusException e) {
            ServerError error = ServerError.of(e);
            // Only an earlier try of this move whose answer was lost can have moved it: else it was somebody else.
            if (isOutcomeUnknown
                    && error.reason() == ErrorReason.ERROR_REASON_CHECKPOINT_MOVED
                    && Long.toString(request.getPosition())
                            .equals(error.metadata().get("current_position"))) {
                return request.getPosition();
            }
            isOutcomeUnknown |= error.isOutcomeUnknown();
            throw e;
        }
    }
}
