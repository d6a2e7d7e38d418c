package dev.foldlog.projections;

import static java.util.Objects.requireNonNull;

import dev.foldlog.core.event.EventCodec;
import dev.foldlog.core.store.EventStore;
import java.time.InstantSource;
import java.util.concurrent.Executor;

/**
 * What an engine works with.
 *
 * @param threads runs the work beside appends; must take everything
 */
public record EngineParts(
        EventStore store,
        EventCodec codec,
        RecordCodec records,
        Projectors projectors,
        InstantSource clock,
        Executor threads,
        Delays delays) {
    public EngineParts {
        requireNonNull(store, "store");
        requireNonNull(codec, "codec");
        requireNonNull(records, "records");
        requireNonNull(projectors, "projectors");
        requireNonNull(clock, "clock");
        requireNonNull(threads, "threads");
        requireNonNull(delays, "delays");
    }
}
