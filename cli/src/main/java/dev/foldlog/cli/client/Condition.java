package dev.foldlog.cli.client;

import static java.util.Objects.requireNonNull;

import dev.foldlog.v1.NoEventsMatching;
import dev.foldlog.v1.PartitionCondition;
import dev.foldlog.v1.Precondition;
import java.util.Arrays;
import java.util.List;

/** What must hold for an append. */
public sealed interface Condition {
    /** The last sequence of a partition is exactly this; 0: it never had an event. */
    record SequenceIs(String partitionKey, long sequence) implements Condition {
        public SequenceIs {
            requireNonNull(partitionKey, "partitionKey");
        }

        /** Reads {@code KEY=N}; the key may hold {@code =}. */
        public static SequenceIs parse(String text) {
            int equals = text.lastIndexOf('=');
            try {
                if (equals > 0) {
                    return new SequenceIs(text.substring(0, equals), Long.parseLong(text.substring(equals + 1)));
                }
            } catch (NumberFormatException e) {
                // Told below, as a text without a number is.
            }
            throw new IllegalArgumentException(text + " (expected: KEY=N, for example draft-1=3)");
        }
    }

    /** A partition ever had an event, or never. */
    record Exists(String partitionKey, boolean isExpected) implements Condition {
        public Exists {
            requireNonNull(partitionKey, "partitionKey");
        }
    }

    /** No event after a position matches. */
    record NoneMatching(long afterPosition, Selection selection) implements Condition {
        public NoneMatching {
            requireNonNull(selection, "selection");
        }

        /** Reads {@code after=N,NAME=VALUE,…}. */
        public static NoneMatching parse(String text) {
            List<String> terms = Arrays.asList(text.split(",", -1));
            if (terms.size() < 2 || !terms.getFirst().matches("after=\\d{1,18}")) {
                throw new IllegalArgumentException(
                        text + " (expected: after=N,NAME=VALUE,… for example after=42,tag=user:u7)");
            }
            long after = Long.parseLong(terms.getFirst().substring("after=".length()));
            return new NoneMatching(after, SelectionText.parse(terms.subList(1, terms.size()), text));
        }
    }

    /** The condition in the wire's form. */
    static Precondition toWire(Condition condition) {
        return switch (condition) {
            case SequenceIs is ->
                Precondition.newBuilder()
                        .setPartition(PartitionCondition.newBuilder()
                                .setPartitionKey(is.partitionKey())
                                .setSequence(is.sequence()))
                        .build();
            case Exists exists ->
                Precondition.newBuilder()
                        .setPartition(PartitionCondition.newBuilder()
                                .setPartitionKey(exists.partitionKey())
                                .setExists(exists.isExpected()))
                        .build();
            case NoneMatching none ->
                Precondition.newBuilder()
                        .setNoEventsMatching(NoEventsMatching.newBuilder()
                                .setAfterPosition(none.afterPosition())
                                .setFilter(none.selection().filter()))
                        .build();
        };
    }
}
