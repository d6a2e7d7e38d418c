package dev.foldlog.projections.grpc;

import dev.foldlog.core.event.Position;
import dev.foldlog.projections.Build;
import dev.foldlog.projections.FoldFailure;
import dev.foldlog.projections.Life;
import dev.foldlog.projections.ProjectionPhase;
import dev.foldlog.projections.ProjectionStatus;
import dev.foldlog.projections.StateDiff;
import dev.foldlog.v1.Projection;
import dev.foldlog.v1.ProjectionFailure;
import dev.foldlog.v1.Rebuild;

/** What became of projections as messages, and back. */
final class LifeMessages {
    private LifeMessages() {}

    /** The projection as callers see it. */
    static Projection message(ProjectionStatus status) {
        return message(status.life())
                .setState(state(status.phase()))
                .setAppliedPosition(status.applied().value())
                .setLag(status.head().value() - status.applied().value())
                .setKeyCount(status.keyCount())
                .setSkippedCount(status.skippedCount())
                .build();
    }

    static Projection.Builder message(Life life) {
        Projection.Builder message = DefinitionMessages.message(
                        life.definition().definition())
                .setRevision(life.definition().revision())
                .setUpdatedAt(FilterMessages.timestamp(life.updatedAt()));
        Build build = life.build();
        if (build != null) {
            message.setRebuild(message(build));
        }
        FoldFailure failure = life.failure();
        if (failure != null) {
            message.setFailure(message(failure));
        }
        FoldFailure skipped = life.lastSkipped();
        if (skipped != null) {
            message.setLastFailure(message(skipped));
        }
        return message;
    }

    static Rebuild message(Build build) {
        Rebuild.Builder message = Rebuild.newBuilder()
                .setPosition(build.reached().value())
                .setTargetPosition(build.target().value())
                .setStartedAt(FilterMessages.timestamp(build.startedAt()))
                .setRevision(build.revision())
                .setEventCount(build.events())
                .setValidateOnly(build.isValidateOnly());
        if (build.finishedAt() != null) {
            message.setFinishedAt(FilterMessages.timestamp(build.finishedAt()));
        }
        if (build.diff() != null) {
            message.setDiff(message(build.diff()));
        }
        if (build.failure() != null) {
            message.setFailure(message(build.failure()));
        }
        return message.build();
    }

    static ProjectionFailure message(FoldFailure failure) {
        return ProjectionFailure.newBuilder()
                .setPosition(failure.position().value())
                .setEventId(failure.eventId())
                .setMessage(failure.message())
                .setFailedAt(FilterMessages.timestamp(failure.failedAt()))
                .build();
    }

    static Build build(Rebuild message) {
        return new Build(
                message.getRevision(),
                message.getValidateOnly(),
                new Position(message.getTargetPosition()),
                new Position(message.getPosition()),
                message.getEventCount(),
                FilterMessages.instant(message.getStartedAt()),
                FilterMessages.instantOrNull(message.hasFinishedAt(), message.getFinishedAt()),
                message.hasDiff() ? diff(message.getDiff()) : null,
                message.hasFailure() ? failure(message.getFailure()) : null);
    }

    static FoldFailure failure(ProjectionFailure message) {
        return new FoldFailure(
                new Position(message.getPosition()),
                message.getEventId(),
                message.getMessage(),
                FilterMessages.instant(message.getFailedAt()));
    }

    private static dev.foldlog.v1.StateDiff message(StateDiff diff) {
        return dev.foldlog.v1.StateDiff.newBuilder()
                .setAddedKeys(diff.added())
                .setRemovedKeys(diff.removed())
                .setChangedKeys(diff.changed())
                .addAllSampleKeys(diff.sampleKeys())
                .build();
    }

    private static StateDiff diff(dev.foldlog.v1.StateDiff message) {
        return new StateDiff(
                message.getAddedKeys(),
                message.getRemovedKeys(),
                message.getChangedKeys(),
                message.getSampleKeysList());
    }

    private static Projection.State state(ProjectionPhase phase) {
        return switch (phase) {
            case BUILDING -> Projection.State.STATE_BUILDING;
            case RUNNING -> Projection.State.STATE_RUNNING;
            case REBUILDING -> Projection.State.STATE_REBUILDING;
            case PAUSED -> Projection.State.STATE_PAUSED;
            case FAILED -> Projection.State.STATE_FAILED;
        };
    }
}
