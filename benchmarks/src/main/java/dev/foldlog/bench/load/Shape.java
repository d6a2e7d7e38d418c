package dev.foldlog.bench.load;

import static java.util.Objects.requireNonNull;

/**
 * What the events of a load are like.
 *
 * @param partitions different partitions, of which each event takes one at random
 * @param payloadBytes bytes of the JSON payload
 * @param seed equal seeds make equal events, but for the time in time-ordered ids
 */
public record Shape(int partitions, IdKind ids, int payloadBytes, long seed) {
    /** Events that are asked for often enough to be found, and seldom enough to be rare: 1 of 100. */
    public static final int RARE_ONE_OF = 100;

    /** The load that goals are stated for. */
    public static final Shape STANDARD = new Shape(10_000, IdKind.ordered, 300, 20_260_101L);

    public Shape {
        requireNonNull(ids, "ids");
        if (partitions < 1 || partitions > 100_000_000) {
            throw new IllegalArgumentException("partitions: " + partitions + " (expected: 1..100000000)");
        }
        if (payloadBytes < 100) {
            throw new IllegalArgumentException("payloadBytes: " + payloadBytes + " (expected: >= 100)");
        }
    }

    public Shape withPartitions(int count) {
        return new Shape(count, ids, payloadBytes, seed);
    }

    public Shape withIds(IdKind kind) {
        return new Shape(partitions, kind, payloadBytes, seed);
    }

    public Shape withSeed(long other) {
        return new Shape(partitions, ids, payloadBytes, other);
    }
}
