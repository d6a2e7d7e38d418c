package dev.foldlog.server.grpc.validation;

import static java.util.Objects.requireNonNull;

import com.google.protobuf.ProtocolStringList;
import com.google.protobuf.Timestamp;
import dev.foldlog.core.read.EventFilter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Judges an EventFilter and makes the store's own of it. Compiles expressions, so a filter that {@link #hasExpression}
 * is not judged on an event loop. Thread-safe.
 */
public final class FilterValidator {
    private static final int FEW_MAX = 100;
    private static final int MANY_MAX = 1_000;
    private static final int TAGS_MAX = 16;
    private static final int ALTERNATIVES_MAX = 100;
    private static final int VALUES_MAX = 10_000;
    private static final int BYTES_MAX = 256 << 10;

    private static final int EXPRESSIONS_MAX = 16;

    private final FilterExpressions expressions;

    public FilterValidator(FilterExpressions expressions) {
        this.expressions = requireNonNull(expressions, "expressions");
    }

    /** Whether there is an expression to compile. */
    public static boolean hasExpression(dev.foldlog.v1.EventFilter filter) {
        return expressionCount(filter) > 0;
    }

    /** Expressions of the filter and its alternatives. */
    static int expressionCount(dev.foldlog.v1.EventFilter filter) {
        int count = filter.getExpression().isEmpty() ? 0 : 1;
        for (dev.foldlog.v1.EventFilter alternative : filter.getAnyOfList()) {
            count += alternative.getExpression().isEmpty() ? 0 : 1;
        }
        return count;
    }

    /** Refuses more expressions than one call may have: each is evaluated for many events. */
    static void checkExpressionCount(int count, FieldPath path, Violations violations) {
        if (count > EXPRESSIONS_MAX) {
            violations.overLimit(path, "max_expressions", count, EXPRESSIONS_MAX);
        }
    }

    /** The filter; without meaning when there were violations. */
    public EventFilter validate(dev.foldlog.v1.EventFilter filter, FieldPath path, Violations violations) {
        if (filter.equals(dev.foldlog.v1.EventFilter.getDefaultInstance())) {
            return EventFilter.ALL;
        }
        if (filter.getSerializedSize() > BYTES_MAX) {
            violations.overLimit(path, "max_filter_bytes", filter.getSerializedSize(), BYTES_MAX);
            return EventFilter.ALL;
        }
        int values = valueCount(filter);
        for (dev.foldlog.v1.EventFilter alternative : filter.getAnyOfList()) {
            values += valueCount(alternative);
        }
        if (values > VALUES_MAX) {
            violations.overLimit(path, "max_filter_values", values, VALUES_MAX);
            return EventFilter.ALL;
        }
        int found = expressionCount(filter);
        if (found > EXPRESSIONS_MAX) {
            checkExpressionCount(found, path, violations);
            return EventFilter.ALL;
        }
        return converted(filter, alternatives(filter, path, violations), path, violations);
    }

    private List<EventFilter> alternatives(dev.foldlog.v1.EventFilter filter, FieldPath path, Violations violations) {
        if (filter.getAnyOfCount() > ALTERNATIVES_MAX) {
            violations.overLimit(path.field("any_of"), "max_any_of", filter.getAnyOfCount(), ALTERNATIVES_MAX);
            return List.of();
        }
        List<EventFilter> alternatives = new ArrayList<>(filter.getAnyOfCount());
        for (int i = 0; i < filter.getAnyOfCount(); i++) {
            FieldPath alternative = path.element("any_of", i);
            if (filter.getAnyOf(i).getAnyOfCount() > 0) {
                violations.malformed(alternative.field("any_of"), "set", "no any_of inside any_of");
            }
            alternatives.add(converted(filter.getAnyOf(i), List.of(), alternative, violations));
        }
        return alternatives;
    }

    private EventFilter converted(
            dev.foldlog.v1.EventFilter filter, List<EventFilter> alternatives, FieldPath path, Violations violations) {
        String source = filter.getExpression();
        Values values = new Values(path, violations);
        return new EventFilter(
                values.of("partition_keys", filter.getPartitionKeysList(), MANY_MAX, TextRule.PARTITION_KEY),
                values.of("actions", filter.getActionsList(), FEW_MAX, TextRule.ACTION),
                values.of("artifact_types", filter.getArtifactTypesList(), FEW_MAX, TextRule.ARTIFACT_TYPE),
                values.of("artifact_ids", filter.getArtifactIdsList(), MANY_MAX, TextRule.ARTIFACT_ID),
                values.of("thread_ids", filter.getThreadIdsList(), MANY_MAX, TextRule.THREAD_ID),
                values.of("producers", filter.getProducersList(), FEW_MAX, TextRule.PRODUCER),
                filter.hasSince() ? values.time("since", filter.getSince()) : null,
                filter.hasUntil() ? values.time("until", filter.getUntil()) : null,
                values.of("tags", filter.getTagsList(), TAGS_MAX, TextRule.TAG),
                alternatives,
                source.isEmpty() ? null : expressions.compile(source, path.field("expression"), violations));
    }

    private static int valueCount(dev.foldlog.v1.EventFilter filter) {
        return filter.getPartitionKeysCount()
                + filter.getActionsCount()
                + filter.getArtifactTypesCount()
                + filter.getArtifactIdsCount()
                + filter.getThreadIdsCount()
                + filter.getProducersCount()
                + filter.getTagsCount();
    }

    /** The values of one filter's fields. A value that no event can have is a mistake and refused. */
    private record Values(FieldPath path, Violations violations) {
        Set<String> of(String field, ProtocolStringList values, int max, TextRule rule) {
            if (values.size() > max) {
                violations.overLimit(path.field(field), "max_filter_" + field, values.size(), max);
                return Set.of();
            }
            for (int i = 0; i < values.size(); i++) {
                rule.check(values.get(i), path.element(field, i), violations);
            }
            return Set.copyOf(values);
        }

        @Nullable
        Instant time(String field, Timestamp time) {
            return TimeChecks.instant(time, path.field(field), violations);
        }
    }
}
