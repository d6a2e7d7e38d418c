package dev.foldlog.server.grpc.stream;

import static java.util.Objects.requireNonNull;

import dev.foldlog.core.event.EventCodec;
import dev.foldlog.core.store.EventStore;
import dev.foldlog.server.Limits;
import dev.foldlog.server.grpc.error.StatusMapper;
import dev.foldlog.server.grpc.validation.FilterExpressions;
import java.time.InstantSource;

/**
 * What every streaming call works with.
 *
 * @param lane the threads on which streams read the store
 */
public record StreamEnvironment(
        EventStore store,
        EventCodec codec,
        ReadLane lane,
        Timers timers,
        InstantSource clock,
        Limits limits,
        StatusMapper statuses,
        FilterExpressions expressions) {
    public StreamEnvironment {
        requireNonNull(store, "store");
        requireNonNull(codec, "codec");
        requireNonNull(lane, "lane");
        requireNonNull(timers, "timers");
        requireNonNull(clock, "clock");
        requireNonNull(limits, "limits");
        requireNonNull(statuses, "statuses");
        requireNonNull(expressions, "expressions");
    }
}
