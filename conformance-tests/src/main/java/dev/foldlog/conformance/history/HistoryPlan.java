package dev.foldlog.conformance.history;

/**
 * What clients do in a run. The seed decides what each client tries, not how the calls interleave.
 *
 * @param operations calls of each client
 */
public record HistoryPlan(long seed, int clients, int partitions, int operations) {
    public HistoryPlan {
        requirePositive(clients, "clients");
        requirePositive(partitions, "partitions");
        requirePositive(operations, "operations");
    }

    /** Calls of all clients. */
    public int operationsOfAll() {
        return clients * operations;
    }

    private static void requirePositive(int value, String name) {
        if (value < 1) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: >= 1)");
        }
    }
}
