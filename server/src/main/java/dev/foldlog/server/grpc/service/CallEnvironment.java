package dev.foldlog.server.grpc.service;

import static java.util.Objects.requireNonNull;

import dev.foldlog.core.store.EventStore;
import dev.foldlog.server.Limits;
import dev.foldlog.server.grpc.error.StatusMapper;
import dev.foldlog.server.grpc.validation.EventIds;
import dev.foldlog.server.grpc.validation.FilterExpressions;
import java.time.InstantSource;
import java.util.concurrent.Executor;

/**
 * What the unary calls work with.
 *
 * @param reads runs what blocks on the store; rejects when too much waits
 * @param checks runs the checking of large appends; rejects when too much waits
 */
public record CallEnvironment(
        EventStore store,
        Executor reads,
        Executor checks,
        InstantSource clock,
        EventIds ids,
        Limits limits,
        StatusMapper statuses,
        FilterExpressions expressions) {
    public CallEnvironment {
        requireNonNull(store, "store");
        requireNonNull(reads, "reads");
        requireNonNull(checks, "checks");
        requireNonNull(clock, "clock");
        requireNonNull(ids, "ids");
        requireNonNull(limits, "limits");
        requireNonNull(statuses, "statuses");
        requireNonNull(expressions, "expressions");
    }
}
