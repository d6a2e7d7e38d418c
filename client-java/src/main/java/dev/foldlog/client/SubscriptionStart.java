package dev.foldlog.client;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/** Where a subscription starts. */
public sealed interface SubscriptionStart {
    /**
     * After a position: the last one processed.
     *
     * @param position exclusive; 0: with the oldest event
     */
    record AfterPosition(long position) implements SubscriptionStart {
        public AfterPosition {
            if (position < 0) {
                throw new IllegalArgumentException("position: " + position + " (expected: >= 0)");
            }
        }
    }

    /**
     * With the first event recorded at or after a time, which may be one to come.
     *
     * @param time compared with {@code recorded_at}, the server's time
     */
    record RecordedSince(Instant time) implements SubscriptionStart {
        public RecordedSince {
            requireNonNull(time, "time");
        }
    }

    /** With what is committed after the call. */
    record LiveOnly() implements SubscriptionStart {}

    /**
     * After a named checkpoint as it is at the first connection; with the oldest event when there is none.
     *
     * @param name its name
     */
    record AtCheckpoint(String name) implements SubscriptionStart {
        public AtCheckpoint {
            requireNonNull(name, "name");
        }
    }
}
