package dev.foldlog.projections.grpc;

import dev.foldlog.core.event.Position;
import dev.foldlog.core.projection.ProjectionDefinition;
import dev.foldlog.projections.ProjectionEngine;
import dev.foldlog.projections.ProjectionPhase;
import dev.foldlog.projections.ProjectionStatus;
import dev.foldlog.projections.RefusedException;
import dev.foldlog.projections.TrialFold;
import dev.foldlog.projections.UnusableDefinitionException;
import dev.foldlog.v1.CreateProjectionRequest;
import dev.foldlog.v1.CreateProjectionResponse;
import dev.foldlog.v1.DeleteProjectionRequest;
import dev.foldlog.v1.DeleteProjectionResponse;
import dev.foldlog.v1.ErrorReason;
import dev.foldlog.v1.GetProjectionRequest;
import dev.foldlog.v1.GetProjectionResponse;
import dev.foldlog.v1.GetStateRequest;
import dev.foldlog.v1.GetStateResponse;
import dev.foldlog.v1.ListProjectionsRequest;
import dev.foldlog.v1.ListProjectionsResponse;
import dev.foldlog.v1.ListStatesRequest;
import dev.foldlog.v1.ListStatesResponse;
import dev.foldlog.v1.PayloadForm;
import dev.foldlog.v1.Projection;
import dev.foldlog.v1.ProjectionEngineGrpc;
import dev.foldlog.v1.RebuildProjectionRequest;
import dev.foldlog.v1.RebuildProjectionResponse;
import dev.foldlog.v1.SetProjectionPausedRequest;
import dev.foldlog.v1.SetProjectionPausedResponse;
import dev.foldlog.v1.TestProjectionRequest;
import dev.foldlog.v1.TestProjectionResponse;
import dev.foldlog.v1.UpdateProjectionRequest;
import dev.foldlog.v1.UpdateProjectionResponse;
import dev.foldlog.v1.WaitForProjectionRequest;
import dev.foldlog.v1.WaitForProjectionResponse;
import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** The ProjectionEngine service. Thread-safe. */
public final class ProjectionService extends ProjectionEngineGrpc.ProjectionEngineImplBase {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long TIMEOUT_SECONDS_MAX = 315_576_000_000L;
    private static final int TRIAL_EVENTS = 100;
    private static final int TRIAL_EVENTS_MAX = 10_000;
    private static final int TRIAL_STATES_MAX = 1_000;
    private static final Wire.Listing LISTING = new Wire.Listing("projections", "");

    private final ProjectionEngine engine;
    private final Wire wire;
    private final DefinitionReading definitions;
    private final StateCalls states;

    public ProjectionService(ProjectionEngine engine, Wire wire) {
        this.engine = engine;
        this.wire = wire;
        this.definitions = new DefinitionReading(wire);
        this.states = new StateCalls(engine, wire);
    }

    @Override
    public void createProjection(CreateProjectionRequest request, StreamObserver<CreateProjectionResponse> observer) {
        answer(observer, () -> {
            ProjectionDefinition wanted = engine.check(definitions.read(request.getProjection()));
            if (request.getValidateOnly()) {
                states.requireNotAhead(wanted.startAfter(), "projection.start_after_position");
                return now(CreateProjectionResponse.newBuilder()
                        .setProjection(DefinitionMessages.message(wanted))
                        .build());
            }
            return engine.create(wanted)
                    .thenApply(it -> CreateProjectionResponse.newBuilder()
                            .setProjection(LifeMessages.message(it))
                            .build());
        });
    }

    @Override
    public void updateProjection(UpdateProjectionRequest request, StreamObserver<UpdateProjectionResponse> observer) {
        answer(observer, () -> {
            ProjectionDefinition wanted = engine.check(definitions.read(request.getProjection()));
            requireNotNegative(request.getExpectedRevision(), "expected_revision");
            if (request.getValidateOnly()) {
                require(wanted.name());
                states.requireNotAhead(wanted.startAfter(), "projection.start_after_position");
                return now(UpdateProjectionResponse.newBuilder()
                        .setProjection(DefinitionMessages.message(wanted))
                        .build());
            }
            return engine.update(wanted, request.getExpectedRevision())
                    .thenApply(it -> UpdateProjectionResponse.newBuilder()
                            .setProjection(LifeMessages.message(it))
                            .build());
        });
    }

    @Override
    public void getProjection(GetProjectionRequest request, StreamObserver<GetProjectionResponse> observer) {
        answer(
                observer,
                () -> now(GetProjectionResponse.newBuilder()
                        .setProjection(LifeMessages.message(require(request.getName())))
                        .build()));
    }

    @Override
    public void listProjections(ListProjectionsRequest request, StreamObserver<ListProjectionsResponse> observer) {
        answer(observer, () -> {
            int size = wire.pageSize(request.getPageSize());
            String after = wire.lastKey(request.getPageToken(), LISTING);
            List<Projection> found = engine.statuses().stream()
                    .map(LifeMessages::message)
                    .filter(it -> it.getName().compareTo(after) > 0)
                    .toList();
            ListProjectionsResponse.Builder response = ListProjectionsResponse.newBuilder();
            found.stream().limit(size).forEach(response::addProjections);
            if (found.size() > size) {
                response.setNextPageToken(wire.token(found.get(size - 1).getName(), LISTING));
            }
            return now(response.build());
        });
    }

    @Override
    public void deleteProjection(DeleteProjectionRequest request, StreamObserver<DeleteProjectionResponse> observer) {
        answer(observer, () -> {
            definitions.requireName(request.getName(), "name");
            return engine.delete(request.getName()).thenApply(_ -> DeleteProjectionResponse.getDefaultInstance());
        });
    }

    @Override
    public void rebuildProjection(
            RebuildProjectionRequest request, StreamObserver<RebuildProjectionResponse> observer) {
        answer(observer, () -> {
            definitions.requireName(request.getName(), "name");
            return engine.rebuild(request.getName(), request.getValidateOnly())
                    .thenApply(it -> RebuildProjectionResponse.newBuilder()
                            .setProjection(LifeMessages.message(it))
                            .build());
        });
    }

    @Override
    public void setProjectionPaused(
            SetProjectionPausedRequest request, StreamObserver<SetProjectionPausedResponse> observer) {
        answer(observer, () -> {
            definitions.requireName(request.getName(), "name");
            return engine.pause(request.getName(), request.getPaused())
                    .thenApply(it -> SetProjectionPausedResponse.newBuilder()
                            .setProjection(LifeMessages.message(it))
                            .build());
        });
    }

    @Override
    public void waitForProjection(
            WaitForProjectionRequest request, StreamObserver<WaitForProjectionResponse> observer) {
        answer(observer, () -> {
            definitions.requireName(request.getName(), "name");
            requireNotNegative(request.getPosition(), "position");
            Duration patience = request.hasTimeout() ? timeout(request.getTimeout()) : PATIENCE;
            Position wanted = request.getPosition() == 0 ? engine.head() : new Position(request.getPosition());
            states.requireNotAhead(wanted, "position");
            CompletableFuture<ProjectionStatus> waiter =
                    engine.when(request.getName(), it -> isThere(it, wanted, request.getRebuildDone()), patience);
            return Derived.of(waiter, waiter.thenApply(it -> waited(it, wanted)));
        });
    }

    @Override
    public void getState(GetStateRequest request, StreamObserver<GetStateResponse> observer) {
        Duration patience = patience();
        answer(observer, () -> {
            definitions.requireName(request.getProjection(), "projection");
            return states.get(request, patience);
        });
    }

    @Override
    public void listStates(ListStatesRequest request, StreamObserver<ListStatesResponse> observer) {
        Duration patience = patience();
        answer(observer, () -> {
            definitions.requireName(request.getProjection(), "projection");
            return states.list(request, patience);
        });
    }

    @Override
    public void testProjection(TestProjectionRequest request, StreamObserver<TestProjectionResponse> observer) {
        answer(observer, () -> {
            TrialFold trial = engine.trial(definitions.read(request.getProjection()));
            if (request.getEventsCount() > 0) {
                trial.fold(wire.recorded(request.getEventsList()));
            } else {
                trial.foldNewest(trialEvents(request.getLimit()));
            }
            TestProjectionResponse.Builder response =
                    TestProjectionResponse.newBuilder().setAppliedCount(trial.applied());
            trial.states().stream()
                    .limit(TRIAL_STATES_MAX)
                    .forEach(it -> response.addStates(states.message(it, PayloadForm.PAYLOAD_FORM_UNSPECIFIED)));
            trial.failures().forEach(it -> response.addFailures(LifeMessages.message(it)));
            return now(response.build());
        });
    }

    private <A> void answer(StreamObserver<A> observer, Supplier<CompletableFuture<A>> work) {
        wire.answer(observer, () -> {
            try {
                CompletableFuture<A> done = work.get();
                return Derived.of(done, done.exceptionallyCompose(e -> CompletableFuture.failedFuture(told(e))));
            } catch (RefusedException | UnusableDefinitionException e) {
                throw told(e);
            }
        });
    }

    /** What a caller is told of a failure. */
    private RuntimeException told(Throwable failure) {
        return switch (failure) {
            case CompletionException wrapper when wrapper.getCause() != null -> told(wrapper.getCause());
            case UnusableDefinitionException unusable -> definitions.error(unusable);
            case RefusedException refused ->
                wire.error(
                        reason(refused),
                        String.valueOf(refused.getMessage()),
                        refused.facts().toArray());
            case RuntimeException other -> other;
            default -> new IllegalStateException("the engine failed", failure);
        };
    }

    private static ErrorReason reason(RefusedException refused) {
        return switch (refused.reason()) {
            case UNKNOWN -> ErrorReason.ERROR_REASON_RESOURCE_NOT_FOUND;
            case EXISTS -> ErrorReason.ERROR_REASON_RESOURCE_EXISTS;
            case INVALID_STATE -> ErrorReason.ERROR_REASON_INVALID_STATE;
            case REVISION -> ErrorReason.ERROR_REASON_REVISION_CONFLICT;
            case POSITION_AHEAD -> ErrorReason.ERROR_REASON_POSITION_AHEAD;
            case TOO_MANY -> ErrorReason.ERROR_REASON_LIMIT_EXCEEDED;
        };
    }

    private static boolean isThere(ProjectionStatus status, Position wanted, boolean isRebuildDone) {
        boolean isBuilt = status.phase() != ProjectionPhase.REBUILDING && status.phase() != ProjectionPhase.BUILDING;
        return status.hasApplied(wanted) && (isBuilt || !isRebuildDone);
    }

    private WaitForProjectionResponse waited(ProjectionStatus status, Position wanted) {
        if (!status.isMoving() && !status.hasApplied(wanted)) {
            throw wire.error(
                    ErrorReason.ERROR_REASON_INVALID_STATE,
                    "position: " + wanted + " will not be applied: the projection is " + status.phase() + " at "
                            + status.applied(),
                    "applied_position",
                    status.applied());
        }
        return WaitForProjectionResponse.newBuilder()
                .setProjection(LifeMessages.message(status))
                .build();
    }

    private ProjectionStatus require(String name) {
        definitions.requireName(name, "name");
        return engine.status(name).orElseThrow(() -> states.unknown(name));
    }

    private void requireNotNegative(long value, String field) {
        if (value < 0) {
            throw wire.malformed(field, Long.toString(value), "0 or more");
        }
    }

    /** The time asked for; the bounds are those of the message's own definition. */
    private Duration timeout(com.google.protobuf.Duration asked) {
        long seconds = asked.getSeconds();
        int nanos = asked.getNanos();
        if (seconds < 0 || seconds > TIMEOUT_SECONDS_MAX || nanos < 0 || nanos > 999_999_999) {
            throw wire.malformed(
                    "timeout", seconds + " s, " + nanos + " ns", "0 or more, at most " + TIMEOUT_SECONDS_MAX + " s");
        }
        return Duration.ofSeconds(seconds, nanos);
    }

    private int trialEvents(int limit) {
        if (limit < 0 || limit > TRIAL_EVENTS_MAX) {
            throw wire.malformed("limit", Integer.toString(limit), "0 to " + TRIAL_EVENTS_MAX);
        }
        return limit == 0 ? TRIAL_EVENTS : limit;
    }

    /** How long a call may wait; asked on the call's own thread. */
    private static Duration patience() {
        Deadline deadline = Context.current().getDeadline();
        return deadline == null
                ? PATIENCE
                : Duration.ofNanos(Math.max(0, deadline.timeRemaining(TimeUnit.NANOSECONDS)));
    }

    private static <A> CompletableFuture<A> now(A answer) {
        return CompletableFuture.completedFuture(answer);
    }
}
