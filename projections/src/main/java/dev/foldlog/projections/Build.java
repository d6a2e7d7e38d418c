package dev.foldlog.projections;

import static java.util.Objects.requireNonNull;

import dev.foldlog.core.event.Position;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A build under way, or the last one.
 *
 * @param target the head when it began
 * @param reached built through here
 * @param events applied so far
 * @param finishedAt null while it runs
 * @param diff null until it ended well
 * @param failure null unless it ended without effect
 */
public record Build(
        long revision,
        boolean isValidateOnly,
        Position target,
        Position reached,
        long events,
        Instant startedAt,
        @Nullable Instant finishedAt,
        @Nullable StateDiff diff,
        @Nullable FoldFailure failure) {
    public Build {
        requireNonNull(target, "target");
        requireNonNull(reached, "reached");
        requireNonNull(startedAt, "startedAt");
    }

    static Build start(FoldDefinition definition, boolean isValidateOnly, Position target, Instant now) {
        Position after = definition.definition().startAfter();
        return new Build(definition.revision(), isValidateOnly, target, after, 0, now, null, null, null);
    }

    Build at(Position position, long moreEvents) {
        return new Build(
                revision, isValidateOnly, target, position, events + moreEvents, startedAt, finishedAt, diff, failure);
    }

    Build done(StateDiff found, Instant now) {
        return new Build(revision, isValidateOnly, target, reached, events, startedAt, now, found, null);
    }

    Build failed(FoldFailure why) {
        return new Build(revision, isValidateOnly, target, reached, events, startedAt, why.failedAt(), null, why);
    }
}
