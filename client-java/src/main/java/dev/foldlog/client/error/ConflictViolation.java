package dev.foldlog.client.error;

import static java.util.Objects.requireNonNull;

/**
 * A precondition that did not hold.
 *
 * @param index its index among the preconditions of the append, from 0
 * @param partitionKey the partition, for a condition on one; otherwise empty
 * @param actualSequence the partition's last sequence
 * @param matchingPosition for "no events matching": the position of the first event that matches; otherwise 0
 */
public record ConflictViolation(int index, String partitionKey, long actualSequence, long matchingPosition) {
    public ConflictViolation {
        requireNonNull(partitionKey, "partitionKey");
    }
}
