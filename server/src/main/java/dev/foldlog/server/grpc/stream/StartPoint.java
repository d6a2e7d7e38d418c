package dev.foldlog.server.grpc.stream;

import static java.util.Objects.requireNonNull;

import dev.foldlog.core.event.Position;
import java.time.Instant;

/** Where a subscription starts. */
sealed interface StartPoint {
    /** After this position. */
    record After(Position position) implements StartPoint {
        public After {
            requireNonNull(position, "position");
        }
    }

    /** With the first event recorded at or after the time. */
    record RecordedSince(Instant time) implements StartPoint {
        public RecordedSince {
            requireNonNull(time, "time");
        }
    }

    /** After the checkpoint of this name, or with the oldest event when there is none. */
    record AtCheckpoint(String name) implements StartPoint {
        public AtCheckpoint {
            requireNonNull(name, "name");
        }
    }
}
