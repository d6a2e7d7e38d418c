package dev.foldlog.cli.client;

import static java.util.Objects.requireNonNull;

/**
 * What to read.
 *
 * @param partitionKey the partition, empty: the whole log
 * @param after start after this sequence (of a partition) or position, backward before it; 0: the end that
 *     the direction starts from
 * @param limit at most so many events, 0: no bound
 * @param asOf only events up to this position, 0: the head
 */
public record ReadOrder(
        String partitionKey,
        Selection selection,
        long after,
        long limit,
        long asOf,
        boolean isBackward,
        boolean isHeadersOnly) {
    public ReadOrder {
        requireNonNull(partitionKey, "partitionKey");
        requireNonNull(selection, "selection");
    }
}
