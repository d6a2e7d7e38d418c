package dev.foldlog.projections;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What became of a projection so far.
 *
 * @param definition what answers now, or what the first build builds
 * @param build the build under way, or the last one
 * @param failure why it is FAILED; null when it is not
 * @param lastSkipped the last failure that was passed over
 */
public record Life(
        FoldDefinition definition,
        boolean isPaused,
        @Nullable Build build,
        @Nullable FoldFailure failure,
        @Nullable FoldFailure lastSkipped,
        Instant updatedAt) {
    public Life {
        requireNonNull(definition, "definition");
        requireNonNull(updatedAt, "updatedAt");
    }

    static Life begin(FoldDefinition definition, Build first, Instant now) {
        return new Life(definition, false, first, null, null, now);
    }

    Life with(FoldDefinition other) {
        return new Life(other, isPaused, build, failure, lastSkipped, updatedAt);
    }

    Life with(@Nullable Build other, Instant now) {
        return new Life(definition, isPaused, other, failure, lastSkipped, now);
    }

    Life failed(@Nullable FoldFailure why, Instant now) {
        return new Life(definition, isPaused, build, why, lastSkipped, now);
    }

    Life skipped(@Nullable FoldFailure last) {
        return last == null ? this : new Life(definition, isPaused, build, failure, last, updatedAt);
    }

    Life paused(boolean paused, Instant now) {
        return new Life(definition, paused, build, paused ? failure : null, lastSkipped, now);
    }
}
