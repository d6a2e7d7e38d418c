package dev.foldlog.server.grpc.validation;

import dev.foldlog.core.append.Precondition;
import dev.foldlog.core.append.Precondition.NoneMatching;
import dev.foldlog.core.append.Precondition.PartitionAt;
import dev.foldlog.core.append.Precondition.PartitionExists;
import dev.foldlog.core.event.Position;
import dev.foldlog.core.event.Sequence;
import dev.foldlog.v1.NoEventsMatching;
import dev.foldlog.v1.PartitionCondition;
import org.jspecify.annotations.Nullable;

/** Judges a precondition and makes the store's own of it. */
final class PreconditionValidator {
    private final FilterValidator filters;

    PreconditionValidator(FilterValidator filters) {
        this.filters = filters;
    }

    /** The precondition; null, with a violation, when it says nothing. */
    @Nullable
    Precondition validate(dev.foldlog.v1.Precondition precondition, FieldPath path, Violations violations) {
        return switch (precondition.getConditionCase()) {
            case PARTITION -> partition(precondition.getPartition(), path.field("partition"), violations);
            case NO_EVENTS_MATCHING ->
                noneMatching(precondition.getNoEventsMatching(), path.field("no_events_matching"), violations);
            case CONDITION_NOT_SET -> {
                violations.missing(path, "partition or no_events_matching");
                yield null;
            }
        };
    }

    private static @Nullable Precondition partition(
            PartitionCondition condition, FieldPath path, Violations violations) {
        String key = condition.getPartitionKey();
        TextRule.PARTITION_KEY.check(key, path, "partition_key", violations);
        return switch (condition.getExpectedCase()) {
            case SEQUENCE ->
                new PartitionAt(
                        key,
                        new Sequence(
                                NumberChecks.notNegative(condition.getSequence(), path.field("sequence"), violations)));
            case EXISTS -> new PartitionExists(key, condition.getExists());
            case EXPECTED_NOT_SET -> {
                violations.missing(path, "sequence or exists");
                yield null;
            }
        };
    }

    private Precondition noneMatching(NoEventsMatching condition, FieldPath path, Violations violations) {
        return new NoneMatching(
                filters.validate(condition.getFilter(), path.field("filter"), violations),
                new Position(NumberChecks.notNegative(
                        condition.getAfterPosition(), path.field("after_position"), violations)));
    }
}
