package dev.foldlog.conformance;

import dev.foldlog.v1.ReadOptions;

/** Options for batches of a size. */
final class Batches {
    private Batches() {}

    static ReadOptions of(int events) {
        return ReadOptions.newBuilder().setMaxBatchEvents(events).build();
    }
}
