package dev.foldlog.client;

import static java.util.Objects.requireNonNull;

import dev.foldlog.client.error.ResourceNotFoundException;
import dev.foldlog.v1.Checkpoint;
import dev.foldlog.v1.CheckpointsGrpc;
import dev.foldlog.v1.CommitCheckpointRequest;
import dev.foldlog.v1.DeleteCheckpointRequest;
import dev.foldlog.v1.GetCheckpointRequest;
import dev.foldlog.v1.ListCheckpointsRequest;
import dev.foldlog.v1.ListCheckpointsResponse;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Named checkpoints: where workers that follow the log have come to. To move one together with the events that a
 * worker derives, put it into the append. Thread-safe.
 *
 * <p>A move or a removal whose answer is lost is not made again by itself: a second try could not tell its own
 * first from another worker's. It throws {@link dev.foldlog.client.error.OutcomeUnknownException}; {@link #get}
 * tells where the checkpoint is.
 */
public final class Checkpoints {
    private static final int PAGE = 1_000;

    private final UnaryCalls calls;

    Checkpoints(UnaryCalls calls) {
        this.calls = calls;
    }

    /** Where a checkpoint is; empty: nowhere yet. */
    public Optional<Checkpoint> get(String name) {
        try {
            return Optional.of(calls.answer(
                            CheckpointsGrpc.getGetCheckpointMethod(),
                            GetCheckpointRequest.newBuilder()
                                    .setName(requireNonNull(name, "name"))
                                    .build(),
                            Repeat.READ)
                    .getCheckpoint());
        } catch (ResourceNotFoundException e) {
            return Optional.empty();
        }
    }

    /**
     * Moves a checkpoint if it is where it is expected, so that of two workers under one name only one gets
     * through. As durable as an append when it has answered.
     *
     * @param from where it must be now; 0: nowhere yet
     * @param to processed through here
     * @throws dev.foldlog.client.error.CheckpointMovedException when it is elsewhere
     * @throws dev.foldlog.client.error.CheckpointWentBackException when {@code to} is before where it is
     * @throws dev.foldlog.client.error.PositionAheadException when {@code to} is past the head
     */
    public Checkpoint move(String name, long from, long to) {
        return commit(CommitCheckpointRequest.newBuilder()
                .setName(requireNonNull(name, "name"))
                .setExpectedPosition(from)
                .setPosition(to)
                .build());
    }

    /** As {@link #move}, with every choice of the API: unconditional moves, and moves back. */
    public Checkpoint commit(CommitCheckpointRequest request) {
        return calls.answer(CheckpointsGrpc.getCommitCheckpointMethod(), request, Repeat.WRITE_ONCE)
                .getCheckpoint();
    }

    /** Removes a checkpoint; false: there was none. */
    public boolean delete(String name) {
        DeleteCheckpointRequest request = DeleteCheckpointRequest.newBuilder()
                .setName(requireNonNull(name, "name"))
                .build();
        try {
            calls.answer(CheckpointsGrpc.getDeleteCheckpointMethod(), request, Repeat.WRITE_ONCE);
            return true;
        } catch (ResourceNotFoundException e) {
            return false;
        }
    }

    /** All checkpoints in name order (bytewise), fetched a page at a time as the stream is used. */
    public Stream<Checkpoint> list() {
        return Pages.stream(token -> {
            ListCheckpointsResponse page = calls.answer(
                    CheckpointsGrpc.getListCheckpointsMethod(),
                    ListCheckpointsRequest.newBuilder()
                            .setPageSize(PAGE)
                            .setPageToken(token)
                            .build(),
                    Repeat.READ);
            return new Pages.Page<>(page.getCheckpointsList(), page.getNextPageToken());
        });
    }
}
