package dev.foldlog.server.grpc.stream;

import dev.foldlog.core.event.Position;
import dev.foldlog.core.event.Sequence;
import dev.foldlog.core.read.Direction;
import dev.foldlog.core.read.EventFilter;
import dev.foldlog.core.read.LogRead;
import dev.foldlog.core.read.StreamRead;
import dev.foldlog.core.read.StreamSinceRead;
import dev.foldlog.core.read.StreamSlice;
import dev.foldlog.core.store.EventStore;
import dev.foldlog.server.Limits;
import dev.foldlog.server.grpc.stream.ReadPlan.Opened;
import dev.foldlog.server.grpc.validation.FilterExpressions;
import dev.foldlog.v1.ReadAllRequest;
import dev.foldlog.v1.ReadStreamRequest;
import dev.foldlog.v1.ReadStreamSinceRequest;
import java.time.Instant;

/** Judges the requests of the finite reads, and makes plans of them. Thread-safe; never blocks, but compiles expressions. */
final class ReadRequests {
    private final EventStore store;
    private final Limits limits;
    private final FilterExpressions expressions;

    ReadRequests(EventStore store, Limits limits, FilterExpressions expressions) {
        this.store = store;
        this.limits = limits;
        this.expressions = expressions;
    }

    ReadPlan plan(ReadStreamRequest request) {
        RequestFields fields = new RequestFields(limits, expressions);
        String key = fields.partitionKey(request.getPartitionKey());
        Direction direction = fields.direction(request.getDirection(), request.getDirectionValue());
        long after = fields.notNegative("after_sequence", request.getAfterSequence());
        long limit = fields.notNegative("limit", request.getLimit());
        long asOf = fields.notNegative("as_of_position", request.getAsOfPosition());
        EventFilter filter = fields.filter(request.getFilter());
        Delivery delivery = fields.delivery(request.getOptions());
        fields.throwIfAny();
        Position snapshot = snapshot(asOf);
        StreamRead read = new StreamRead(key, filter, direction, new Sequence(after), snapshot);
        return new ReadPlan(
                () -> {
                    StreamSlice slice = store.readStream(read);
                    return new Opened(slice.cursor(), new BatchForm.OfStream(slice.lastSequence(), snapshot));
                },
                limit,
                delivery);
    }

    ReadPlan plan(ReadStreamSinceRequest request) {
        RequestFields fields = new RequestFields(limits, expressions);
        String key = fields.partitionKey(request.getPartitionKey());
        Instant since = fields.required("since", request.hasSince(), request.getSince());
        long limit = fields.notNegative("limit", request.getLimit());
        long asOf = fields.notNegative("as_of_position", request.getAsOfPosition());
        EventFilter filter = fields.filter(request.getFilter());
        Delivery delivery = fields.delivery(request.getOptions());
        fields.throwIfAny();
        Position snapshot = snapshot(asOf);
        StreamSinceRead read = new StreamSinceRead(key, since, filter, limit, snapshot);
        return new ReadPlan(
                () -> {
                    StreamSlice slice = store.readStreamSince(read);
                    BatchForm form = new BatchForm.OfStreamSince(slice.lastSequence(), snapshot, slice.isTruncated());
                    return new Opened(slice.cursor(), form);
                },
                limit,
                delivery);
    }

    ReadPlan plan(ReadAllRequest request) {
        RequestFields fields = new RequestFields(limits, expressions);
        EventFilter filter = fields.filter(request.getFilter());
        Direction direction = fields.direction(request.getDirection(), request.getDirectionValue());
        long after = fields.notNegative("after_position", request.getAfterPosition());
        long limit = fields.notNegative("limit", request.getLimit());
        long asOf = fields.notNegative("as_of_position", request.getAsOfPosition());
        Delivery delivery = fields.delivery(request.getOptions());
        fields.throwIfAny();
        Position snapshot = snapshot(asOf);
        Position start = RequestFields.notPast(store.head(), "after_position", after);
        LogRead read = new LogRead(filter, direction, start, snapshot);
        BatchForm form = new BatchForm.OfAll(direction, start, snapshot);
        return new ReadPlan(() -> new Opened(store.readAll(read), form), limit, delivery);
    }

    private Position snapshot(long asOf) {
        Position head = store.head();
        Position asked = RequestFields.notPast(head, "as_of_position", asOf);
        return asked.equals(Position.NONE) ? head : asked;
    }
}
