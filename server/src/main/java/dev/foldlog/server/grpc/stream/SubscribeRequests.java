package dev.foldlog.server.grpc.stream;

import dev.foldlog.core.event.Position;
import dev.foldlog.core.read.EventFilter;
import dev.foldlog.core.store.EventStore;
import dev.foldlog.server.Limits;
import dev.foldlog.server.grpc.error.ApiException;
import dev.foldlog.server.grpc.validation.FilterExpressions;
import dev.foldlog.server.grpc.validation.TimeChecks.Range;
import dev.foldlog.v1.ErrorReason;
import dev.foldlog.v1.SubscribeAllRequest;
import java.time.Duration;

/** Judges the requests of SubscribeAll, and makes plans of them. Thread-safe; never blocks, but compiles expressions. */
final class SubscribeRequests {
    private static final Duration HEARTBEAT_STANDARD = Duration.ofSeconds(15);
    private static final Range HEARTBEATS = new Range(Duration.ofSeconds(1), Duration.ofMinutes(5));
    private static final Range LINGERS = new Range(Duration.ZERO, Duration.ofSeconds(10));

    private final EventStore store;
    private final Limits limits;
    private final FilterExpressions expressions;

    SubscribeRequests(EventStore store, Limits limits, FilterExpressions expressions) {
        this.store = store;
        this.limits = limits;
        this.expressions = expressions;
    }

    SubscriptionPlan plan(SubscribeAllRequest request) {
        RequestFields fields = new RequestFields(limits, expressions);
        EventFilter filter = fields.filter(request.getFilter());
        StartPoint start = start(request, fields);
        Duration heartbeat = request.hasHeartbeatInterval()
                ? fields.duration("heartbeat_interval", request.getHeartbeatInterval(), HEARTBEATS)
                : HEARTBEAT_STANDARD;
        Duration linger = fields.duration("max_linger", request.getMaxLinger(), LINGERS);
        Delivery delivery = fields.delivery(request.getOptions());
        fields.throwIfAny();
        requireSameStore(request.getStoreId());
        if (start instanceof StartPoint.After after && request.hasAfterPosition()) {
            RequestFields.notPast(
                    store.head(), "after_position", after.position().value());
        }
        return new SubscriptionPlan(filter, start, heartbeat, linger, delivery);
    }

    private StartPoint start(SubscribeAllRequest request, RequestFields fields) {
        return switch (request.getStartCase()) {
            case AFTER_POSITION ->
                new StartPoint.After(new Position(fields.notNegative("after_position", request.getAfterPosition())));
            case RECORDED_SINCE ->
                new StartPoint.RecordedSince(fields.required("recorded_since", true, request.getRecordedSince()));
            case LIVE_ONLY -> new StartPoint.After(request.getLiveOnly() ? store.head() : Position.NONE);
            case CHECKPOINT -> new StartPoint.AtCheckpoint(fields.checkpointName(request.getCheckpoint()));
            case START_NOT_SET -> new StartPoint.After(Position.NONE);
        };
    }

    private void requireSameStore(String storeId) {
        String actual = store.storeId().toString();
        if (!storeId.isEmpty() && !storeId.equals(actual)) {
            throw ApiException.of(
                    ErrorReason.ERROR_REASON_STORE_MISMATCH,
                    "store_id is not that of this store, so a position of it means nothing here",
                    "store_id",
                    actual);
        }
    }
}
