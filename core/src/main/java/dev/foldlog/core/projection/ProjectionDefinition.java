package dev.foldlog.core.projection;

import static java.util.Objects.requireNonNull;

import dev.foldlog.core.event.Position;
import dev.foldlog.core.read.EventFilter;
import java.util.regex.Pattern;

/**
 * A projection as somebody wants it.
 *
 * @param name 1 to 64 characters of [a-z0-9_-]
 * @param filter only these events are offered to it
 * @param onFailure for {@link ProjectionMode#ASYNC} only: a sync one fails the append
 * @param startAfter only events after this position; every build starts here
 */
public record ProjectionDefinition(
        String name,
        ProjectionMode mode,
        ProjectionLogic logic,
        EventFilter filter,
        FailurePolicy onFailure,
        Position startAfter) {
    private static final Pattern NAME = Pattern.compile("[a-z0-9_-]{1,64}");

    public ProjectionDefinition {
        requireNonNull(mode, "mode");
        requireNonNull(logic, "logic");
        requireNonNull(filter, "filter");
        requireNonNull(onFailure, "onFailure");
        requireNonNull(startAfter, "startAfter");
        if (!isName(name)) {
            throw new IllegalArgumentException("name: " + name + " (expected: 1 to 64 characters of [a-z0-9_-])");
        }
        if (mode == ProjectionMode.SYNC && onFailure == FailurePolicy.SKIP) {
            throw new IllegalArgumentException("onFailure: SKIP (expected: STOP for a sync projection)");
        }
    }

    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }
}
