package dev.foldlog.server.grpc.stream;

import static java.util.Objects.requireNonNull;

import dev.foldlog.core.read.EventCursor;
import java.util.function.Supplier;

/**
 * A finite read as it was asked for, validated.
 *
 * @param open opens the read; may block
 * @param limit at most so many events, 0: no bound
 */
record ReadPlan(Supplier<Opened> open, long limit, Delivery delivery) {
    ReadPlan {
        requireNonNull(open, "open");
        requireNonNull(delivery, "delivery");
    }

    /** A read under way, and how its messages look. */
    record Opened(EventCursor cursor, BatchForm form) {
        Opened {
            requireNonNull(cursor, "cursor");
            requireNonNull(form, "form");
        }
    }
}
