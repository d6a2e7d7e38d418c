package dev.foldlog.projections.grpc;

import dev.foldlog.core.event.Position;
import dev.foldlog.core.projection.KeyState;
import dev.foldlog.core.projection.ProjectionView;
import dev.foldlog.projections.ProjectionEngine;
import dev.foldlog.projections.ProjectionPhase;
import dev.foldlog.projections.ProjectionStatus;
import dev.foldlog.v1.ErrorReason;
import dev.foldlog.v1.GetStateRequest;
import dev.foldlog.v1.GetStateResponse;
import dev.foldlog.v1.ListStatesRequest;
import dev.foldlog.v1.ListStatesResponse;
import dev.foldlog.v1.PayloadForm;
import dev.foldlog.v1.ProjectionState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The calls that answer states. Blocks on the store. Thread-safe. */
final class StateCalls {
    private static final int KEY_BYTES_MAX = 512;

    private final ProjectionEngine engine;
    private final Wire wire;

    StateCalls(ProjectionEngine engine, Wire wire) {
        this.engine = engine;
        this.wire = wire;
    }

    CompletableFuture<GetStateResponse> get(GetStateRequest request, Duration patience) {
        wire.requireText(request.getKey(), KEY_BYTES_MAX, "key");
        if (request.getKey().isEmpty()) {
            throw wire.malformed("key", "missing", "1 to 512 bytes");
        }
        requireForm(request.getPayloadForm());
        String name = request.getProjection();
        CompletableFuture<Position> fresh = fresh(name, request.getMinPosition(), patience);
        return Derived.of(fresh, fresh.thenApply(_ -> {
            ProjectionView view = served(name, engine.states().state(name, request.getKey()));
            KeyState state = view.states().stream().findFirst().orElseThrow(() -> unknownKey(request));
            return GetStateResponse.newBuilder()
                    .setState(message(state, request.getPayloadForm()))
                    .setAppliedPosition(engine.status(view).applied().value())
                    .build();
        }));
    }

    CompletableFuture<ListStatesResponse> list(ListStatesRequest request, Duration patience) {
        wire.requireText(request.getKeyPrefix(), KEY_BYTES_MAX, "key_prefix");
        requireForm(request.getPayloadForm());
        String name = request.getProjection();
        int size = wire.pageSize(request.getPageSize());
        Wire.Listing listing = new Wire.Listing("states", name + '\0' + request.getKeyPrefix());
        String after = wire.lastKey(request.getPageToken(), listing);
        CompletableFuture<Position> fresh = fresh(name, request.getMinPosition(), patience);
        return Derived.of(fresh, fresh.thenApply(_ -> {
            ProjectionView view = served(name, engine.states().states(name, request.getKeyPrefix(), after, size + 1));
            List<KeyState> found = view.states();
            ListStatesResponse.Builder response = ListStatesResponse.newBuilder()
                    .setAppliedPosition(engine.status(view).applied().value());
            found.stream().limit(size).forEach(it -> response.addStates(message(it, request.getPayloadForm())));
            if (found.size() > size) {
                response.setNextPageToken(wire.token(found.get(size - 1).key(), listing));
            }
            return response.build();
        }));
    }

    ProjectionState message(KeyState state, PayloadForm form) {
        return ProjectionState.newBuilder()
                .setKey(state.key())
                .setValue(wire.payload(state.json(), form))
                .setPosition(state.position().value())
                .setUpdatedAt(FilterMessages.timestamp(state.updatedAt()))
                .build();
    }

    /** The position, once the projection has applied it. */
    private CompletableFuture<Position> fresh(String name, long minPosition, Duration patience) {
        if (minPosition < 0) {
            throw wire.malformed("min_position", Long.toString(minPosition), "0 or more");
        }
        if (minPosition == 0) {
            return CompletableFuture.completedFuture(Position.NONE);
        }
        Position wanted = new Position(minPosition);
        requireNotAhead(wanted, "min_position");
        CompletableFuture<ProjectionStatus> waiter = engine.when(name, it -> it.hasApplied(wanted), patience);
        return Derived.of(waiter, waiter.thenApply(status -> {
            if (!status.hasApplied(wanted)) {
                throw wire.error(
                        ErrorReason.ERROR_REASON_INVALID_STATE,
                        "min_position: " + wanted + " is not applied: " + name + " is " + status.phase() + " at "
                                + status.applied(),
                        "applied_position",
                        status.applied());
            }
            return wanted;
        }));
    }

    void requireNotAhead(Position position, String field) {
        Position head = engine.head();
        if (position.isAfter(head)) {
            throw wire.error(
                    ErrorReason.ERROR_REASON_POSITION_AHEAD,
                    field + ": " + position + " (expected: at most the head, " + head + ')',
                    "field",
                    field,
                    "position",
                    position,
                    "head_position",
                    head);
        }
    }

    RuntimeException unknown(String name) {
        return wire.error(
                ErrorReason.ERROR_REASON_RESOURCE_NOT_FOUND,
                "name: " + name + " (expected: a projection that exists)",
                "projection",
                name);
    }

    private ProjectionView served(String name, Optional<ProjectionView> found) {
        ProjectionView view = found.orElseThrow(() -> unknown(name));
        if (view.projection().serving() == null) {
            ProjectionStatus status = engine.status(view);
            String why = status.phase() == ProjectionPhase.FAILED ? "its first build failed" : "it is being built";
            throw wire.error(
                    ErrorReason.ERROR_REASON_INVALID_STATE,
                    "projection: " + name + " has no states: " + why,
                    "projection",
                    name);
        }
        return view;
    }

    private void requireForm(PayloadForm form) {
        if (form == PayloadForm.UNRECOGNIZED) {
            throw wire.malformed("payload_form", "unknown", "a value that this server knows");
        }
    }

    private RuntimeException unknownKey(GetStateRequest request) {
        return wire.error(
                ErrorReason.ERROR_REASON_RESOURCE_NOT_FOUND,
                "key: no state (expected: a key that has one)",
                "projection",
                request.getProjection(),
                "key",
                request.getKey());
    }
}
