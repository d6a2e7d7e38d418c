package dev.foldlog.server.grpc.stream;

import com.google.protobuf.Timestamp;
import dev.foldlog.core.event.Position;
import dev.foldlog.core.read.Direction;
import dev.foldlog.core.read.EventFilter;
import dev.foldlog.server.Limits;
import dev.foldlog.server.grpc.codec.EventEncoder;
import dev.foldlog.server.grpc.validation.FieldPath;
import dev.foldlog.server.grpc.validation.FilterExpressions;
import dev.foldlog.server.grpc.validation.FilterValidator;
import dev.foldlog.server.grpc.validation.NumberChecks;
import dev.foldlog.server.grpc.validation.ReadOptionsValidator;
import dev.foldlog.server.grpc.validation.TextRule;
import dev.foldlog.server.grpc.validation.TimeChecks;
import dev.foldlog.server.grpc.validation.Violations;
import dev.foldlog.v1.ReadOptions;
import java.time.Duration;
import java.time.Instant;

/**
 * Reads the fields of one request and collects what is wrong with them. What it returns for a wrong field
 * means nothing: call {@link #throwIfAny} before using it. Confined.
 */
final class RequestFields {
    private final Limits limits;
    private final FilterExpressions expressions;
    private final Violations violations = new Violations();

    RequestFields(Limits limits, FilterExpressions expressions) {
        this.limits = limits;
        this.expressions = expressions;
    }

    void throwIfAny() {
        violations.throwIfAny();
    }

    String partitionKey(String key) {
        TextRule.PARTITION_KEY.check(key, FieldPath.ROOT, "partition_key", violations);
        return key;
    }

    String checkpointName(String name) {
        TextRule.CHECKPOINT_NAME.check(name, FieldPath.ROOT, "checkpoint", violations);
        return name;
    }

    long notNegative(String field, long value) {
        return NumberChecks.notNegative(value, path(field), violations);
    }

    Direction direction(dev.foldlog.v1.Direction direction, int number) {
        NumberChecks.known(direction, number, path("direction"), violations);
        return switch (direction) {
            case DIRECTION_UNSPECIFIED, DIRECTION_FORWARD, UNRECOGNIZED -> Direction.FORWARD;
            case DIRECTION_BACKWARD -> Direction.BACKWARD;
        };
    }

    /** A time that must be there. */
    Instant required(String field, boolean isGiven, Timestamp time) {
        if (!isGiven) {
            violations.missing(path(field), "a timestamp");
            return Instant.EPOCH;
        }
        Instant instant = TimeChecks.instant(time, path(field), violations);
        return instant == null ? Instant.EPOCH : instant;
    }

    Duration duration(String field, com.google.protobuf.Duration value, TimeChecks.Range range) {
        return TimeChecks.duration(value, range, path(field), violations);
    }

    EventFilter filter(dev.foldlog.v1.EventFilter filter) {
        return new FilterValidator(expressions).validate(filter, path("filter"), violations);
    }

    Delivery delivery(ReadOptions options) {
        ReadOptionsValidator.validate(options, path("options"), violations);
        int eventsMax = Math.max(1, ReadOptionsValidator.batchEventsMax(options, limits));
        return new Delivery(EventEncoder.forOptions(options), options.getHeadersOnly(), eventsMax);
    }

    /** The position, which must not be past the head; judged after all violations. */
    static Position notPast(Position head, String field, long position) {
        Position asked = new Position(position);
        NumberChecks.requireNotAhead(path(field), asked, head);
        return asked;
    }

    private static FieldPath path(String field) {
        return FieldPath.ROOT.field(field);
    }
}
